-- name: referrers
-- Not FINAL: whoever brought them before is asked about too.
SELECT DISTINCT target
FROM relations
WHERE workspace = {workspace:UInt32} AND kind = 'referrer' AND customer IN {customers:Array(UInt32)}
