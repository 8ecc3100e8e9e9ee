Feature: Shopping cart and checkout

  Background:
    Given the customer has an empty cart
    And the customer is browsing the shop

  Scenario: Adding the same product twice gives one line with a quantity of two
    When the customer adds "Ergonomic Wireless Mouse" to the cart
    Then a message confirms "Ergonomic Wireless Mouse added to cart."
    And the cart counter shows 1
    When the customer adds "Ergonomic Wireless Mouse" to the cart again
    Then the cart counter shows 2
    When the customer opens the cart
    Then the cart contains:
      | Product                  | Unit Price | Quantity | Total  |
      | Ergonomic Wireless Mouse | $49.99     | 2        | $99.98 |

  Scenario Outline: Orders from $100 on are shipped free of charge
    Given the customer has put <quantity> x "<product>" in the cart
    When the customer goes to the cart
    Then the order summary shows a subtotal of "<subtotal>"
    And the shipping costs are "<shipping>"
    And the total to pay is "<total>"

    Examples: below the limit
      | quantity | product                  | subtotal | shipping | total   |
      | 1        | USB-C 100W Charging Hub  | $39.99   | $9.99    | $49.98  |
      | 2        | Ergonomic Wireless Mouse | $99.98   | $9.99    | $109.97 |

    Examples: above the limit
      | quantity | product                 | subtotal | shipping | total   |
      | 3        | USB-C 100W Charging Hub | $119.97  | FREE 🎉  | $119.97 |
      | 1        | 4K Webcam Pro           | $149.99  | FREE 🎉  | $149.99 |

  Scenario: Ordering several pieces from the product page
    Given the customer is looking at the details of "Portable Bluetooth Speaker"
    When the customer raises the quantity to 3
    And adds the product to the cart
    Then a message confirms "Portable Bluetooth Speaker × 3 added to cart!"
    And the cart counter shows 3
    And the cart counter still shows 3 after the page has been reloaded

  Scenario: Adjusting the cart before paying
    Given the cart of the customer holds:
      | product                              | quantity |
      | Wireless Noise-Cancelling Headphones | 1        |
      | USB-C 100W Charging Hub              | 2        |
    And the customer is on the cart page
    When the customer changes the quantity of "USB-C 100W Charging Hub" to 4
    And removes "Wireless Noise-Cancelling Headphones" from the cart
    Then the message "Item removed from cart." appears
    And "USB-C 100W Charging Hub" is the only product left in the cart
    And its line total is $159.96
    When the customer presses the minus button of "USB-C 100W Charging Hub" three times
    Then the quantity of "USB-C 100W Charging Hub" is 1
    When the customer tries to lower the quantity of "USB-C 100W Charging Hub" once more
    Then the customer is told "Minimum quantity is 1. Use the remove button to delete."
    And the total to pay is $49.98

  Scenario: Clearing the cart has to be confirmed
    Given the customer has put 1 x "Pro Smartwatch Series X" in the cart
    And the customer is on the cart page
    When the customer chooses to clear the cart
    But declines the question "Are you sure you want to clear the entire cart?"
    Then "Pro Smartwatch Series X" is still in the cart
    When the customer chooses to clear the cart and confirms it
    Then the page says "Your cart is empty"
    And the cart counter is no longer displayed
    And there is a link to browse the products

  Scenario: Placing an order
    Given the cart of the customer holds:
      | product                       | quantity |
      | RGB Mechanical Gaming Keyboard | 1       |
      | Ergonomic Wireless Mouse      | 2        |
    When the customer proceeds to checkout from the cart page
    Then an order summary is presented with these positions:
      | RGB Mechanical Gaming Keyboard × 1 | $129.99 |
      | Ergonomic Wireless Mouse × 2       | $99.98  |
    And shipping is "FREE"
    And the grand total is $229.97
    When the customer cancels the order summary
    Then 3 items are still in the cart
    When the customer proceeds to checkout and confirms the order
    Then the customer is thanked with "Order placed! Thank you for shopping with us."
    And the cart is empty
