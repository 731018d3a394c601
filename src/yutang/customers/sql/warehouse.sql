-- ClickHouse: what customers write to the warehouse and ask of it.

-- name: squash
-- By origin and idempotent: half done, or done twice, every read is the same.
ALTER TABLE events
UPDATE customer = transform(origin, {origins:Array(UInt32)}, {customers:Array(UInt32)}, customer)
WHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}

-- name: types_of
SELECT DISTINCT type FROM timeline
WHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}

-- name: profiles_keys
SELECT customer FROM profiles
WHERE workspace = {workspace:UInt32} AND customer IN {customers:Array(UInt32)}
GROUP BY customer HAVING argMax(removed, version) = 0

-- name: fields_keys
SELECT attribute, customer FROM fields
WHERE workspace = {workspace:UInt32} AND customer IN {customers:Array(UInt32)}
GROUP BY attribute, customer HAVING argMax(removed, version) = 0

-- name: relations_keys
SELECT kind, target, customer FROM relations
WHERE workspace = {workspace:UInt32} AND customer IN {customers:Array(UInt32)}
GROUP BY kind, target, customer HAVING argMax(removed, version) = 0

-- name: dependants_keys
SELECT customer, dependant FROM dependants
WHERE workspace = {workspace:UInt32} AND customer IN {customers:Array(UInt32)}
GROUP BY customer, dependant HAVING argMax(removed, version) = 0

-- name: mirrored_customers
-- Everybody any of the mirrored tables knows of.
SELECT DISTINCT customer FROM (
    SELECT customer FROM profiles WHERE workspace = {workspace:UInt32}
    UNION ALL SELECT customer FROM fields WHERE workspace = {workspace:UInt32}
    UNION ALL SELECT customer FROM relations WHERE workspace = {workspace:UInt32}
    UNION ALL SELECT customer FROM dependants WHERE workspace = {workspace:UInt32}
)

-- name: count_events
SELECT count() FROM events WHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}

-- name: count_timeline
SELECT count() FROM timeline WHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}

-- name: count_profiles
SELECT count() FROM profiles WHERE workspace = {workspace:UInt32} AND customer IN {origins:Array(UInt32)}

-- name: count_fields
SELECT count() FROM fields WHERE workspace = {workspace:UInt32} AND customer IN {origins:Array(UInt32)}

-- name: count_relations
SELECT count() FROM relations
WHERE workspace = {workspace:UInt32}
    AND (customer IN {origins:Array(UInt32)} OR kind = 'referrer' AND target IN {origins:Array(UInt32)})

-- name: count_dependants
SELECT count() FROM dependants
WHERE workspace = {workspace:UInt32} AND customer IN {origins:Array(UInt32)}

-- name: count_tags
SELECT count() FROM tags WHERE workspace = {workspace:UInt32} AND customer IN {origins:Array(UInt32)}

-- name: count_members
SELECT count() FROM members WHERE workspace = {workspace:UInt32} AND customer IN {origins:Array(UInt32)}

-- name: count_member_changes
SELECT count() FROM member_changes
WHERE workspace = {workspace:UInt32} AND customer IN {origins:Array(UInt32)}

-- name: erase_events
ALTER TABLE events DELETE
WHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}

-- name: erase_timeline
ALTER TABLE timeline DELETE
WHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}

-- name: erase_profiles
ALTER TABLE profiles DELETE
WHERE workspace = {workspace:UInt32} AND customer IN {origins:Array(UInt32)}

-- name: erase_fields
ALTER TABLE fields DELETE
WHERE workspace = {workspace:UInt32} AND customer IN {origins:Array(UInt32)}

-- name: erase_relations
ALTER TABLE relations DELETE
WHERE workspace = {workspace:UInt32}
    AND (customer IN {origins:Array(UInt32)} OR kind = 'referrer' AND target IN {origins:Array(UInt32)})

-- name: erase_dependants
ALTER TABLE dependants DELETE
WHERE workspace = {workspace:UInt32} AND customer IN {origins:Array(UInt32)}

-- name: erase_tags
ALTER TABLE tags DELETE
WHERE workspace = {workspace:UInt32} AND customer IN {origins:Array(UInt32)}

-- name: erase_members
ALTER TABLE members DELETE
WHERE workspace = {workspace:UInt32} AND customer IN {origins:Array(UInt32)}

-- name: erase_member_changes
ALTER TABLE member_changes DELETE
WHERE workspace = {workspace:UInt32} AND customer IN {origins:Array(UInt32)}

-- name: export_events
SELECT type, ts, id, received_at, amount, staff, store, `group`, content, campaign, source,
    texts, numbers, lists
FROM timeline
WHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}
ORDER BY ts, id
LIMIT {limit:UInt32}
