-- Who is in now. `/*scope*/` narrows to the customers a member may see; it is the block below or nothing.

-- name: scope
AND customer IN (
    SELECT customer FROM relations FINAL
    WHERE workspace = {workspace:UInt32}
        AND (
            kind = 'staff' AND target IN {scope_staff:Array(UInt32)}
            OR kind = 'store' AND target IN {scope_stores:Array(UInt32)}
        )
)

-- name: newest
SELECT customer, since
FROM members FINAL
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND (since, customer) < ({since:DateTime64(3, 'UTC')}, {customer:UInt32})/*scope*/
ORDER BY since DESC, customer DESC
LIMIT {limit:UInt32}

-- name: in_order
SELECT customer, since
FROM members FINAL
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND customer > {after:UInt32}/*scope*/
ORDER BY customer
LIMIT {limit:UInt32}

-- name: count
SELECT count()
FROM members FINAL
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}/*scope*/

-- name: audiences_of_customer
SELECT audience, since
FROM members FINAL
WHERE workspace = {workspace:UInt32} AND audience IN {audiences:Array(UInt32)}
    AND customer = {customer:UInt32}

-- name: sample
-- The condition names the workspace. A stable choice: the same condition shows the same people while nothing changes.
SELECT customer FROM (/*condition*/) ORDER BY cityHash64(customer, 'sample') LIMIT {limit:UInt32}
