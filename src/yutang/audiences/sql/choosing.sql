-- Who came and went, as columns. Only what finished runs wrote counts: `version <= {version}`.

-- name: changes
SELECT customer, toUnixTimestamp64Milli(at) AS at, step
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND version <= {version:UInt64} AND at <= {upto:DateTime64(3, 'UTC')}
ORDER BY at, version
