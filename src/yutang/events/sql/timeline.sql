-- One person's history, newest first. `timeline` is ordered by origin: a merged customer is read as the few
-- origins she consists of.

-- name: newest
SELECT type, ts, id, received_at, amount, staff, store, `group`, content, campaign, source, texts, numbers, lists
FROM timeline
WHERE workspace = {workspace:UInt32}
  AND origin IN {origins:Array(UInt32)}
  AND ts > {after:DateTime64(3, 'UTC')}
  AND ts <= {until:DateTime64(3, 'UTC')}
  AND (ts, id) < ({until:DateTime64(3, 'UTC')}, {id:UUID})
  AND (empty({types:Array(String)}) OR type IN {types:Array(String)})
ORDER BY ts DESC, id DESC
LIMIT {limit:UInt32}
SETTINGS max_threads = 1

-- name: span
SELECT count(), min(ts), max(ts)
FROM timeline
WHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}
