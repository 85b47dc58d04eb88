require 'json'
require 'webrick'
require_relative 'lib/coupon'

# TODO: move to the new pricing thing when it's there
server = WEBrick::HTTPServer.new(Port: 4567)

server.mount_proc '/apply' do |req, res|
  body = JSON.parse(req.body)
  coupon = Coupon.find(body['code'])
  res.status = coupon ? 200 : 404
  res.body = coupon ? coupon.apply(body['total']).to_s : 'unknown coupon'
end

trap('INT') { server.shutdown }
server.start
