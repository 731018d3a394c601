-- What a full refresh does inside the warehouse, in this order. `/*condition*/` is the compiled
-- condition: `SELECT customer …` with bound parameters of its own.

-- name: record_difference
-- Who is to enter (1) and who is to leave (-1), as dense bitmaps: the cheapest difference of two sets.
INSERT INTO member_changes (workspace, audience, at, customer, step, version)
WITH
    (SELECT groupBitmapState(customer) FROM (/*condition*/)) AS judged,
    (
        SELECT groupBitmapState(customer) FROM members FINAL
        WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    ) AS before
SELECT
    {workspace:UInt32}, {audience:UInt32}, {at:DateTime64(3, 'UTC')}, changing, step, {version:UInt64}
FROM (
    SELECT arrayJoin(bitmapToArray(bitmapAndnot(judged, before))) AS changing, 1 AS step
    UNION ALL
    SELECT arrayJoin(bitmapToArray(bitmapAndnot(before, judged))) AS changing, -1 AS step
)

-- name: forget_difference
ALTER TABLE member_changes DELETE
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32} AND version = {version:UInt64}

-- name: count_difference
SELECT countIf(step = 1) AS entered, countIf(step = -1) AS left
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND at = {at:DateTime64(3, 'UTC')} AND version = {version:UInt64}

-- name: customers_of_difference
SELECT customer
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND at = {at:DateTime64(3, 'UTC')} AND version = {version:UInt64}

-- name: write_members
-- Idempotent: the same version written twice is one row.
INSERT INTO members (workspace, audience, customer, since, version, removed)
SELECT workspace, audience, customer, at, version, step = -1
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND at = {at:DateTime64(3, 'UTC')} AND version = {version:UInt64}

-- name: write_events
INSERT INTO events (workspace, type, ts, customer, origin, id, received_at, content, source)
SELECT
    workspace, if(step = 1, 'audience.entered', 'audience.left'), at, customer, customer,
    reinterpretAsUUID(sipHash128(workspace, audience, customer, version)),
    {received_at:DateTime64(3, 'UTC')}, toString(audience), 'audiences'
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND at = {at:DateTime64(3, 'UTC')} AND version = {version:UInt64}

-- name: write_missing_events
-- After a crash: only the events that are not there. Their instant is the run's, so that the search is narrow.
INSERT INTO events (workspace, type, ts, customer, origin, id, received_at, content, source)
SELECT
    workspace, if(step = 1, 'audience.entered', 'audience.left'), at, customer, customer,
    reinterpretAsUUID(sipHash128(workspace, audience, customer, version)) AS event,
    {received_at:DateTime64(3, 'UTC')}, toString(audience), 'audiences'
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND at = {at:DateTime64(3, 'UTC')} AND version = {version:UInt64}
    AND event NOT IN (
        SELECT id FROM events
        WHERE workspace = {workspace:UInt32} AND type IN ('audience.entered', 'audience.left')
            AND ts = {at:DateTime64(3, 'UTC')}
    )

-- name: write_missing_timeline
-- After a crash between a block of `events` and the same block of its view.
INSERT INTO timeline (
    workspace, origin, ts, type, id, received_at, amount, staff, store, `group`, content, campaign,
    source, texts, numbers, lists
)
SELECT
    workspace, origin, ts, type, id, received_at, amount, staff, store, `group`, content, campaign,
    source, texts, numbers, lists
FROM events
WHERE workspace = {workspace:UInt32} AND type IN ('audience.entered', 'audience.left')
    AND ts = {at:DateTime64(3, 'UTC')} AND content = toString({audience:UInt32})
    AND id NOT IN (
        SELECT id FROM timeline
        WHERE workspace = {workspace:UInt32} AND ts = {at:DateTime64(3, 'UTC')}
            AND type IN ('audience.entered', 'audience.left')
            AND content = toString({audience:UInt32})
    )

-- name: count_members
SELECT count() FROM members FINAL
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}

-- name: members_among
SELECT audience, customer
FROM members FINAL
WHERE workspace = {workspace:UInt32} AND audience IN {audiences:Array(UInt32)}
    AND customer IN {customers:Array(UInt32)}

-- name: count_judged
-- The condition names the workspace.
SELECT count() FROM (/*condition*/)
