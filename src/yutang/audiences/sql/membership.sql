-- What a full refresh does inside the warehouse, in this order, for all audiences of a run together.
-- `/*conditions*/` is the compiled condition of each: `SELECT audience, customer …` with bound
-- parameters of its own.

-- name: record_difference
-- Who is to enter (1) and who is to leave (-1), as dense bitmaps: the cheapest difference of two sets.
INSERT INTO member_changes (workspace, audience, at, customer, step, version)
SELECT
    {workspace:UInt32}, audience, {at:DateTime64(3, 'UTC')}, arrayJoin(side.1), side.2, {version:UInt64}
FROM (
    SELECT
        audience,
        anyIf(them, is_judged) AS judged,
        anyIf(them, NOT is_judged) AS before,
        arrayJoin([
            (bitmapToArray(bitmapAndnot(judged, before)), 1),
            (bitmapToArray(bitmapAndnot(before, judged)), -1)
        ]) AS side
    FROM (
        SELECT audience, is_judged, groupBitmapState(customer) AS them
        FROM (
            SELECT audience, customer, 1 AS is_judged FROM (/*conditions*/)
            UNION ALL
            SELECT audience, customer, 0 AS is_judged FROM members FINAL
            WHERE workspace = {workspace:UInt32} AND audience IN {audiences:Array(UInt32)}
        )
        GROUP BY audience, is_judged
    )
    GROUP BY audience
)

-- name: forget_difference
ALTER TABLE member_changes DELETE
WHERE workspace = {workspace:UInt32} AND audience IN {audiences:Array(UInt32)}
    AND version = {version:UInt64}

-- name: count_difference
SELECT audience, countIf(step = 1) AS entered, countIf(step = -1) AS left
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience IN {audiences:Array(UInt32)}
    AND at = {at:DateTime64(3, 'UTC')} AND version = {version:UInt64}
GROUP BY audience

-- name: customers_of_difference
SELECT audience, customer
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience IN {audiences:Array(UInt32)}
    AND at = {at:DateTime64(3, 'UTC')} AND version = {version:UInt64}

-- name: write_members
-- Idempotent: the same version written twice is one row.
INSERT INTO members (workspace, audience, customer, since, version, removed)
SELECT workspace, audience, customer, at, version, step = -1
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience IN {audiences:Array(UInt32)}
    AND at = {at:DateTime64(3, 'UTC')} AND version = {version:UInt64}

-- name: write_events
INSERT INTO events (workspace, type, ts, customer, origin, id, received_at, content, source)
SELECT
    workspace, if(step = 1, 'audience.entered', 'audience.left'), at, customer, customer,
    reinterpretAsUUID(sipHash128(workspace, audience, customer, version)),
    {received_at:DateTime64(3, 'UTC')}, toString(audience), 'audiences'
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience IN {audiences:Array(UInt32)}
    AND at = {at:DateTime64(3, 'UTC')} AND version = {version:UInt64}

-- name: write_missing_events
-- After a crash: only the events that are not there. Their instant is the run's, so that the search is narrow.
INSERT INTO events (workspace, type, ts, customer, origin, id, received_at, content, source)
SELECT
    workspace, if(step = 1, 'audience.entered', 'audience.left'), at, customer, customer,
    reinterpretAsUUID(sipHash128(workspace, audience, customer, version)) AS event,
    {received_at:DateTime64(3, 'UTC')}, toString(audience), 'audiences'
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience IN {audiences:Array(UInt32)}
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
    AND ts = {at:DateTime64(3, 'UTC')} AND toUInt32OrZero(content) IN {audiences:Array(UInt32)}
    AND id NOT IN (
        SELECT id FROM timeline
        WHERE workspace = {workspace:UInt32} AND ts = {at:DateTime64(3, 'UTC')}
            AND type IN ('audience.entered', 'audience.left')
            AND toUInt32OrZero(content) IN {audiences:Array(UInt32)}
    )

-- name: count_members
SELECT audience, count() FROM members FINAL
WHERE workspace = {workspace:UInt32} AND audience IN {audiences:Array(UInt32)}
GROUP BY audience

-- name: members_among
SELECT audience, customer
FROM members FINAL
WHERE workspace = {workspace:UInt32} AND audience IN {audiences:Array(UInt32)}
    AND customer IN {customers:Array(UInt32)}

-- name: count_judged
-- The condition names the workspace.
SELECT count() FROM (/*condition*/)
