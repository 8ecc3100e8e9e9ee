Feature: Browsing the ShpCart catalogue
  In order to find the gadget that suits me
  As a customer of the online shop
  I want to narrow down the catalogue and read about a product before buying

  Background:
    Given the customer is on the ShpCart home page

  Scenario Outline: Narrowing the catalogue down to one category
    When the customer picks the "<category>" category
    Then <count> product(s) are listed
    And "<example>" is one of them

    Examples:
      | category    | count | example                             |
      | Audio       | 2     | Wireless Noise-Cancelling Headphones |
      | Peripherals | 3     | 4K Webcam Pro                       |
      | Wearables   | 1     | Pro Smartwatch Series X             |
      | All         | 8     | USB-C 100W Charging Hub             |

  Scenario: The search looks at product names and at their descriptions
    When the customer searches for "noise"
    Then only these products are listed:
      | product                              | price   |
      | Wireless Noise-Cancelling Headphones | $89.99  |
      | 4K Webcam Pro                        | $149.99 |

  Scenario: Nothing matches the search
    When the customer searches for "typewriter"
    Then the message "No products found" is displayed
    And no product is listed
    When the customer clears the search
    Then all 8 products are listed again

  Scenario: Reading about a product before buying it
    When the customer opens the details of "Portable Bluetooth Speaker"
    Then the product costs $59.99
    And it has "3,420 reviews"
    And the specifications contain:
      | Battery Life     | 20 hrs at 70% volume |
      | Water Resistance | IPX7 (30 min @ 1m)   |
    When the customer switches to the full description
    Then the following text can be read:
      """
      Go anywhere, sound everywhere. The passive bass radiator delivers room-filling low-end that defies the compact size. 360° acoustic dispersion means every direction is the best seat in the house. Drop it, soak it — IPX7 certification means it just keeps playing.
      """
