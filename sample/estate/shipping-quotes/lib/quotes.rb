require 'csv'
require 'json'

# Prices of all carriers that take a weight, cheapest first.
class Quotes
  def initialize(path)
    @rows = CSV.read(path, headers: true)
  end

  def for(grams)
    fits = @rows.select { |row| row['up_to'].to_i >= grams }
    cheapest = fits.group_by { |row| row['carrier'] }.transform_values { |rows| rows.map { |r| r['cents'].to_i }.min }

    cheapest.map { |carrier, cents| { carrier: carrier, cents: cents } }.sort_by { |quote| quote[:cents] }
  end
end
