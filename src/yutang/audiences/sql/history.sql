-- Who was in, when. Only what finished runs wrote counts: `version <= {version}`.

-- name: members_at
-- Changes after the instant only tell until when she stayed.
SELECT
    customer,
    maxIf(at, step = 1 AND at <= {at:DateTime64(3, 'UTC')}) AS since,
    minOrNullIf(at, step = -1 AND at > {at:DateTime64(3, 'UTC')}) AS left_at
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND version <= {version:UInt64} AND customer > {after:UInt32}/*scope*/
GROUP BY customer
HAVING argMaxIf(step, (at, version), at <= {at:DateTime64(3, 'UTC')}) = 1
ORDER BY customer
LIMIT {limit:UInt32}

-- name: count_at
SELECT count()
FROM (
    SELECT customer
    FROM member_changes
    WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
        AND at <= {at:DateTime64(3, 'UTC')} AND version <= {version:UInt64}/*scope*/
    GROUP BY customer
    HAVING argMax(step, (at, version)) = 1
)

-- name: stays_of_customer
SELECT at, step
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND customer = {customer:UInt32} AND version <= {version:UInt64}
ORDER BY at, version

-- name: first_change
SELECT min(at)
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32} AND version <= {version:UInt64}
HAVING count() > 0

-- name: growth
-- Days are the workspace's own.
SELECT
    toDate(toTimeZone(at, {zone:String})) AS day, countIf(step = 1) AS entered, countIf(step = -1) AS left
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')}
    AND version <= {version:UInt64}
GROUP BY day
ORDER BY day

-- name: count_before
SELECT sum(step)
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND at < {since:DateTime64(3, 'UTC')} AND version <= {version:UInt64}
