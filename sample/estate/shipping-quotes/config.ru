require_relative 'lib/quotes'

run lambda { |env|
  query = Rack::Utils.parse_query(env['QUERY_STRING'])
  quotes = Quotes.new('data/prices.csv').for(query.fetch('weight').to_i)
  [200, { 'content-type' => 'application/json' }, [quotes.to_json]]
}
