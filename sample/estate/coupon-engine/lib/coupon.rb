class Coupon
  ALL = {
    'WELCOME10' => { percent: 10 },
    'GARDEN25' => { percent: 25, min: 10_000 },
    'MOVINGDAY' => { amount: 1500 }
  }.freeze

  def self.find(code)
    rule = ALL[code.to_s.upcase]
    rule && new(rule)
  end

  def initialize(rule)
    @rule = rule
  end

  def apply(total)
    return total if @rule[:min] && total < @rule[:min]
    return total - (total * @rule[:percent] / 100) if @rule[:percent]

    [total - @rule[:amount], 0].max
  end
end
