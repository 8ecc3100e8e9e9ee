Feature: Appointments of a patient

  Background:
    Given the page "doctors.html" has been opened once so that all doctors are on file
    And John Doe is logged in as a patient with the e-mail "john.doe@email.com" and the password "patient123"

  Scenario: Booking an appointment
    When the patient books an appointment with these details:
      | Select Doctor    | Dr. Emily Rodriguez - Pediatrician |
      | Date             | 2031-03-14                         |
      | Time             | 10:00 AM                           |
      | Appointment Type | Check-up                           |
      | Notes (Optional) | Bring the vaccination card         |
    Then the patient should get the message:
      """
      Appointment booked successfully! You can view it in "My Appointments".
      """
    And "My Appointments" should list 1 appointment
    And the appointment should be with "Dr. Emily Rodriguez - Pediatrician"
    And its date should be "2031-03-14" and its time "10:00"
    And its status should be "Upcoming"

  Scenario: A doctor cannot be booked twice at the same time
    Given the patient has an appointment with "Dr. Michael Chen - Neurologist" on 2031-05-05 at "9:00 AM"
    When the patient tries to book "Dr. Michael Chen - Neurologist" on 2031-05-05 at "9:00 AM"
    Then the alert "This time slot is already booked. Please choose a different time." should appear
    And the patient should have only one appointment

  Scenario: Cancelling an appointment
    Given the patient has booked "Dr. Robert Kim - General Practitioner" for 2031-06-20 at "2:00 PM"
    And the patient has booked "Dr. Lisa Thompson - Dermatologist" for 2031-06-18 at "4:00 PM"
    When the patient looks at "My Appointments"
    Then the earliest appointment should come first:
      | Dr. Lisa Thompson - Dermatologist     |
      | Dr. Robert Kim - General Practitioner |
    When the patient cancels the first appointment and confirms the cancellation
    Then the alert "Appointment cancelled successfully!" should appear
    And "1 appointments" should be displayed
    And "Dr. Lisa Thompson - Dermatologist" should not be listed
