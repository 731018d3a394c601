-- One person's history, newest first. `timeline` is ordered by origin: a merged customer is read as the few
-- origins she consists of.

-- name: newest
-- The first page of everything: what most readers ask for. To plan the bounds below costs a quarter of a read.
SELECT type, ts, id, said
FROM timeline
PREWHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}
ORDER BY ts DESC, id DESC
LIMIT {limit:UInt32}
SETTINGS max_threads = 1, query_plan_optimize_lazy_materialization = 0

-- name: newest_of_several
-- The same for several people at once. One of them with a very long history is refused before anything is read:
-- alone, her rows are read in order and no further than the page.
SELECT origin, type, ts, id, said
FROM timeline
PREWHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}
ORDER BY origin, ts DESC, id DESC
LIMIT {limit:UInt32} BY origin
SETTINGS max_threads = 1, query_plan_optimize_lazy_materialization = 0, optimize_read_in_order = 0,
    max_rows_to_read = 200000, read_overflow_mode = 'throw'

-- name: further
SELECT type, ts, id, said
FROM timeline
PREWHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}
WHERE ts <= {until:DateTime64(3, 'UTC')}
  AND (ts, id) < ({until:DateTime64(3, 'UTC')}, {id:UUID})
  AND (empty({types:Array(String)}) OR type IN {types:Array(String)})
ORDER BY ts DESC, id DESC
LIMIT {limit:UInt32}
SETTINGS max_threads = 1, query_plan_optimize_lazy_materialization = 0

-- name: span
SELECT count(), min(ts), max(ts)
FROM timeline
WHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}
