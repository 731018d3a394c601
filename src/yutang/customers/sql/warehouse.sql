-- ClickHouse: what customers write to the warehouse and ask of it.

-- name: squash
-- By origin and idempotent: half done, or done twice, every read is the same.
ALTER TABLE events
UPDATE customer = transform(origin, {origins:Array(UInt32)}, {customers:Array(UInt32)}, customer)
WHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}

-- name: types_of
SELECT DISTINCT type FROM timeline
WHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}
