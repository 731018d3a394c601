-- name: preview
-- `gaining` do not have the tag yet; `losing` are those the rule holds it on (its members) and who
-- no longer match.
WITH
    (SELECT groupBitmapState(customer) FROM (/*condition*/)) AS matching,
    (
        SELECT groupBitmapState(customer) FROM tags FINAL
        WHERE workspace = {workspace:UInt32} AND tag = {tag:UInt32}
    ) AS having,
    (
        SELECT groupBitmapState(customer) FROM members FINAL
        WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    ) AS members_now
SELECT
    bitmapCardinality(matching) AS matching_count,
    bitmapAndnotCardinality(matching, having) AS gaining,
    bitmapAndnotCardinality(members_now, matching) AS losing

-- name: changed_between
SELECT customer, argMax(step, (at, version)) AS step_now
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND version > {applied:UInt64} AND version <= {version:UInt64} AND customer > {after:UInt32}
GROUP BY customer
ORDER BY customer
LIMIT {limit:UInt32}

-- name: everybody_ever
SELECT DISTINCT customer
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32} AND step = 1
ORDER BY customer

-- name: members_now
SELECT customer FROM members FINAL
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
ORDER BY customer
