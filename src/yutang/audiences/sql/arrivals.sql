-- name: referrers
-- Not FINAL: whoever brought them before is asked about too.
SELECT DISTINCT target
FROM relations
WHERE workspace = {workspace:UInt32} AND kind = 'referrer' AND customer IN {customers:Array(UInt32)};

-- name: customers
-- Not FINAL: a row that a newer one replaces counts twice until it is merged away, which is near enough.
SELECT count() FROM profiles WHERE workspace = {workspace:UInt32}
