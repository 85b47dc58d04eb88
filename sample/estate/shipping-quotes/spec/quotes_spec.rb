require_relative '../lib/quotes'

RSpec.describe Quotes do
  it 'puts the cheapest first' do
    quotes = described_class.new('data/prices.csv').for(900)
    expect(quotes.first[:carrier]).to eq('own vans')
  end
end
