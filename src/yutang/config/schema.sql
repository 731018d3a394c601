CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);

CREATE FUNCTION public.customers_identities_gone() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO customers_identitymove (workspace_id, at)
    SELECT DISTINCT was.workspace_id, clock_timestamp() FROM was;
    RETURN NULL;
END $$;

CREATE FUNCTION public.customers_identities_moved() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO customers_identitymove (workspace_id, at)
    SELECT DISTINCT was.workspace_id, clock_timestamp()
    FROM was JOIN became ON became.id = was.id AND became.customer_id <> was.customer_id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.workspaces_audit_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.number IS NULL AND NEW.number IS NOT NULL
        AND ROW(OLD.id, OLD.workspace_id, OLD.actor, OLD.action, OLD.target, OLD.detail, OLD.at)
            = ROW(NEW.id, NEW.workspace_id, NEW.actor, NEW.action, NEW.target, NEW.detail, NEW.at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit log is append-only';
END
$$;

CREATE TABLE public.acquisition_accountstanding (
    id bigint NOT NULL,
    is_online boolean NOT NULL,
    most integer,
    restricted_until timestamp with time zone,
    reason_zh character varying(500) NOT NULL,
    reason_en character varying(500) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    staff_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.acquisition_accountstanding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.acquisition_accountstanding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.acquisition_channelcost (
    id bigint NOT NULL,
    spent_on date NOT NULL,
    amount_fen bigint NOT NULL,
    note character varying(200) NOT NULL,
    actor character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    struck_at timestamp with time zone,
    struck_by character varying(64) NOT NULL,
    workspace_id bigint NOT NULL,
    code_id bigint,
    channel_id bigint NOT NULL
);

ALTER TABLE public.acquisition_channelcost ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.acquisition_channelcost_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.acquisition_codefriend (
    id bigint NOT NULL,
    staff bigint NOT NULL,
    customer bigint,
    external character varying(64) NOT NULL COLLATE pg_catalog."C",
    userid character varying(64) NOT NULL COLLATE pg_catalog."C",
    is_half boolean NOT NULL,
    added_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    attempts smallint NOT NULL,
    trouble_zh character varying(500) NOT NULL,
    trouble_en character varying(500) NOT NULL,
    workspace_id bigint NOT NULL,
    code_id bigint NOT NULL
);

ALTER TABLE public.acquisition_codefriend ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.acquisition_codefriend_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.acquisition_livecode (
    id bigint NOT NULL,
    kind character varying(5) NOT NULL,
    name character varying(60) NOT NULL,
    key character varying(20) NOT NULL COLLATE pg_catalog."C",
    rules jsonb NOT NULL,
    logo bytea,
    logo_type character varying(20) NOT NULL,
    expires_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone,
    config character varying(64) NOT NULL COLLATE pg_catalog."C",
    picture character varying(500) NOT NULL,
    shown jsonb,
    shown_at timestamp with time zone,
    staff bigint[] NOT NULL,
    whys jsonb NOT NULL,
    cover character varying(7) NOT NULL,
    company bigint[] NOT NULL,
    company_since timestamp with time zone,
    due_at timestamp with time zone,
    attempts integer NOT NULL,
    trouble_zh character varying(500) NOT NULL,
    trouble_en character varying(500) NOT NULL,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    channel_id bigint
);

ALTER TABLE public.acquisition_livecode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.acquisition_livecode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.acquisition_sourcechannel (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.acquisition_sourcechannel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.acquisition_sourcechannel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audiences_audience (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    note character varying(500) NOT NULL,
    kind character varying(6) NOT NULL,
    condition jsonb,
    is_of_rule boolean NOT NULL,
    is_paused boolean NOT NULL,
    schedule character varying(7) NOT NULL,
    refresh_hour smallint NOT NULL,
    refresh_weekday smallint NOT NULL,
    listens character varying(100)[] NOT NULL,
    version bigint NOT NULL,
    busy bigint,
    count integer NOT NULL,
    refreshed_at timestamp with time zone,
    took_ms integer,
    next_refresh_at timestamp with time zone,
    next_change_at timestamp with time zone,
    trouble character varying(100) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone,
    owner_id bigint,
    workspace_id bigint NOT NULL,
    to_cover timestamp with time zone,
    CONSTRAINT a_live_audience_has_a_condition CHECK ((((condition IS NOT NULL) AND ((kind)::text = 'live'::text)) OR ((condition = 'null'::jsonb) AND ((kind)::text = 'static'::text)))),
    CONSTRAINT audiences_audience_count_check CHECK ((count >= 0)),
    CONSTRAINT audiences_audience_refresh_hour_check CHECK ((refresh_hour >= 0)),
    CONSTRAINT audiences_audience_refresh_weekday_check CHECK ((refresh_weekday >= 0)),
    CONSTRAINT audiences_audience_took_ms_check CHECK ((took_ms >= 0))
);

ALTER TABLE public.audiences_audience ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audiences_audience_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audiences_audiencetimer (
    customer bigint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    audience_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

CREATE TABLE public.audiences_audiencetouch (
    id bigint NOT NULL,
    customers bigint[] NOT NULL,
    audience_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.audiences_audiencetouch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audiences_audiencetouch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audiences_audienceuse (
    id bigint NOT NULL,
    audience_id bigint NOT NULL,
    used_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT an_audience_never_uses_itself CHECK ((NOT (audience_id = used_id)))
);

ALTER TABLE public.audiences_audienceuse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audiences_audienceuse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audiences_listmove (
    id bigint NOT NULL,
    winner bigint NOT NULL,
    loser bigint NOT NULL,
    winner_was_on boolean NOT NULL,
    audience_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.audiences_listmove ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audiences_listmove_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audiences_membershiprun (
    version bigint NOT NULL,
    audiences bigint[] NOT NULL,
    kind character varying(5) NOT NULL,
    state character varying(7) NOT NULL,
    at timestamp with time zone NOT NULL,
    payload bytea,
    workspace_id bigint NOT NULL
);

CREATE TABLE public.audiences_mergetofollow (
    id bigint NOT NULL,
    winner bigint NOT NULL,
    loser bigint NOT NULL,
    is_undo boolean NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.audiences_mergetofollow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audiences_mergetofollow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audiences_tagrule (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    is_enabled boolean NOT NULL,
    applied bigint NOT NULL,
    trouble character varying(100) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    audience_id bigint NOT NULL,
    owner_id bigint,
    tag_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.audiences_tagrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audiences_tagrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_conflict (
    id bigint NOT NULL,
    shared character varying(100) NOT NULL,
    disputed character varying(100) NOT NULL,
    source character varying(100) NOT NULL,
    state character varying(8) NOT NULL,
    at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decided_by character varying(80) NOT NULL,
    workspace_id bigint NOT NULL,
    first_id bigint NOT NULL,
    second_id bigint NOT NULL,
    CONSTRAINT conflict_pair_in_order CHECK ((first_id < second_id))
);

ALTER TABLE public.customers_conflict ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_conflict_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_consent (
    id bigint NOT NULL,
    purpose character varying(20) NOT NULL,
    channel character varying(20) NOT NULL,
    state character varying(9) NOT NULL,
    proof character varying(2000) NOT NULL,
    source character varying(100) NOT NULL,
    actor character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL,
    customer_id bigint NOT NULL
);

ALTER TABLE public.customers_consent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_customer (
    id bigint NOT NULL,
    current_id bigint NOT NULL,
    name character varying(200) NOT NULL,
    gender character varying(6) NOT NULL,
    birthday date,
    country character varying(60) NOT NULL,
    province character varying(60) NOT NULL,
    city character varying(60) NOT NULL,
    district character varying(60) NOT NULL,
    source character varying(100) NOT NULL,
    joined_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    fields jsonb NOT NULL,
    told jsonb NOT NULL,
    own jsonb,
    merged_into_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT customer_fits_the_warehouse CHECK ((id < '4294967296'::bigint)),
    CONSTRAINT customer_is_itself_unless_merged CHECK ((((current_id = id) AND (merged_into_id IS NULL)) OR ((merged_into_id IS NOT NULL) AND (NOT (current_id = id)))))
);

ALTER TABLE public.customers_customer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_customer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_customermark (
    id bigint NOT NULL,
    what character varying(20) NOT NULL,
    customers bigint[] NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.customers_customermark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_customermark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_customersettings (
    workspace_id bigint NOT NULL,
    salt character varying(255) NOT NULL,
    follow_statuses jsonb,
    stages jsonb,
    source_ranks jsonb,
    ranked_to bigint
);

CREATE TABLE public.customers_customfield (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    kind character varying(12) NOT NULL,
    label_zh character varying(60) NOT NULL,
    label_en character varying(60) NOT NULL,
    options jsonb NOT NULL,
    is_personal boolean NOT NULL,
    place integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.customers_customfield ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_customfield_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_dependant (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    name character varying(100) NOT NULL,
    gender character varying(6) NOT NULL,
    birthday date,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    customer_id bigint NOT NULL,
    home_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.customers_dependant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_dependant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_erasure (
    id bigint NOT NULL,
    customers bigint[] NOT NULL,
    reason character varying(500) NOT NULL,
    actor character varying(80) NOT NULL,
    state character varying(7) NOT NULL,
    removed jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    spooled_to bigint,
    finished_at timestamp with time zone,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.customers_erasure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_erasure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_group (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    kind character varying(40) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.customers_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_identity (
    id bigint NOT NULL,
    name character varying(100) NOT NULL COLLATE pg_catalog."C",
    value character varying(200) NOT NULL COLLATE pg_catalog."C",
    added_at timestamp with time zone NOT NULL,
    added_by character varying(100) NOT NULL,
    customer_id bigint NOT NULL,
    home_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.customers_identity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_identity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_identitykind (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    label_zh character varying(60) NOT NULL,
    label_en character varying(60) NOT NULL,
    is_strong boolean NOT NULL,
    is_single boolean NOT NULL,
    priority integer NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.customers_identitykind ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_identitykind_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_identitymove (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.customers_identitymove ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_identitymove_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_merge (
    id bigint NOT NULL,
    origin character varying(9) NOT NULL,
    shared character varying(100) NOT NULL,
    changed jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    actor character varying(80) NOT NULL,
    undone_at timestamp with time zone,
    undone_by character varying(80) NOT NULL,
    loser_id bigint NOT NULL,
    winner_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.customers_merge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_merge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_override (
    origin_id bigint NOT NULL,
    changes bigint NOT NULL,
    seen_at timestamp with time zone,
    spooled_to bigint,
    workspace_id bigint NOT NULL
);

CREATE TABLE public.customers_relation (
    id bigint NOT NULL,
    is_hidden boolean NOT NULL,
    kind character varying(8) NOT NULL COLLATE pg_catalog."C",
    target bigint NOT NULL,
    status character varying(40) NOT NULL,
    remark character varying(500) NOT NULL,
    source character varying(100) NOT NULL,
    since timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    customer_id bigint NOT NULL,
    home_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.customers_relation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_relation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_searchkey (
    key character varying(60) NOT NULL COLLATE pg_catalog."C",
    customer_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

CREATE TABLE public.customers_tombstone (
    id bigint NOT NULL,
    digest bytea NOT NULL,
    erased_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.customers_tombstone ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_tombstone_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.events_arrival (
    id bigint NOT NULL,
    what character varying(100) NOT NULL,
    customers bigint[],
    workspace_id bigint NOT NULL
);

ALTER TABLE public.events_arrival ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_arrival_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.events_cataloguedproperty (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    kind character varying(10) NOT NULL,
    origin character varying(10) NOT NULL,
    zh character varying(60) NOT NULL,
    en character varying(60) NOT NULL,
    is_hidden boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL,
    type_id bigint NOT NULL
);

ALTER TABLE public.events_cataloguedproperty ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_cataloguedproperty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.events_cataloguedtype (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    origin character varying(10) NOT NULL,
    zh character varying(60) NOT NULL,
    en character varying(60) NOT NULL,
    is_hidden boolean NOT NULL,
    is_activity boolean NOT NULL,
    events bigint NOT NULL,
    last_seen_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.events_cataloguedtype ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_cataloguedtype_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.events_heard (
    id bigint NOT NULL,
    event uuid NOT NULL,
    type character varying(100) NOT NULL,
    customer bigint NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    said text NOT NULL,
    seen_at timestamp with time zone,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.events_heard ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_heard_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.events_listening (
    id bigint NOT NULL,
    listener character varying(60) NOT NULL,
    type character varying(100) NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.events_listening ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_listening_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.events_receipt (
    id uuid NOT NULL,
    digest bigint NOT NULL,
    received_on date NOT NULL,
    workspace_id bigint NOT NULL
);

CREATE TABLE public.events_spool (
    id bigint NOT NULL,
    lines bytea NOT NULL,
    touched bytea NOT NULL,
    length integer NOT NULL,
    received_at timestamp with time zone NOT NULL,
    batch uuid,
    workspace_id bigint NOT NULL
);
ALTER TABLE ONLY public.events_spool ALTER COLUMN lines SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.events_spool ALTER COLUMN touched SET STORAGE EXTERNAL;

ALTER TABLE public.events_spool ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_spool_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.guides_chatcheck (
    id bigint NOT NULL,
    checked_to bigint NOT NULL,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.guides_chatcheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guides_chatcheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.guides_chatday (
    id bigint NOT NULL,
    staff bigint NOT NULL,
    day date NOT NULL,
    chats integer NOT NULL,
    messages integer NOT NULL,
    answered double precision,
    minutes double precision,
    blocked_by integer NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.guides_chatday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guides_chatday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.guides_chathit (
    id bigint NOT NULL,
    words character varying(60)[] NOT NULL,
    severity smallint NOT NULL,
    staff bigint NOT NULL,
    home bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    note character varying(300) NOT NULL,
    message_id bigint NOT NULL,
    settled_by_id bigint,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.guides_chathit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guides_chathit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.guides_chatrules (
    id bigint NOT NULL,
    minutes integer NOT NULL,
    opens time without time zone NOT NULL,
    closes time without time zone NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.guides_chatrules ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guides_chatrules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.guides_chatwait (
    id bigint NOT NULL,
    staff bigint NOT NULL,
    home bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    corp_id bigint NOT NULL,
    message_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.guides_chatwait ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guides_chatwait_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.guides_goal (
    id bigint NOT NULL,
    staff bigint NOT NULL,
    measure character varying(11) NOT NULL,
    month date NOT NULL,
    target bigint NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.guides_goal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guides_goal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.guides_phrase (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    title character varying(100) NOT NULL,
    text text NOT NULL,
    description character varying(500) NOT NULL,
    url character varying(1000) NOT NULL,
    picture character varying(1000) NOT NULL,
    app_id character varying(64) NOT NULL,
    sent integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL,
    group_id bigint NOT NULL,
    labels character varying(30)[] NOT NULL,
    taken integer NOT NULL
);

ALTER TABLE public.guides_phrase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guides_phrase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.guides_phrasegroup (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    owner_id bigint,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.guides_phrasegroup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guides_phrasegroup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.guides_sensitiveword (
    id bigint NOT NULL,
    word character varying(60) NOT NULL,
    rule character varying(5) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL,
    is_looked_back boolean NOT NULL,
    severity smallint NOT NULL,
    speaker character varying(8) NOT NULL
);

ALTER TABLE public.guides_sensitiveword ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guides_sensitiveword_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.journeys_entering (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    after bigint NOT NULL,
    key character varying(60) NOT NULL,
    workspace_id bigint NOT NULL,
    journey_id bigint NOT NULL
);

ALTER TABLE public.journeys_entering ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journeys_entering_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.journeys_journey (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    note character varying(500) NOT NULL,
    subject character varying(8) NOT NULL,
    view character varying(12) NOT NULL,
    state character varying(6) NOT NULL,
    draft jsonb NOT NULL,
    version integer NOT NULL,
    holdout_percent numeric(5,2) NOT NULL,
    priority smallint NOT NULL,
    salt character varying(32) NOT NULL,
    trouble character varying(100) NOT NULL,
    next_entry_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    activated_at timestamp with time zone,
    paused_at timestamp with time zone,
    ended_at timestamp with time zone,
    owner_id bigint,
    workspace_id bigint NOT NULL,
    weights jsonb NOT NULL,
    CONSTRAINT an_active_journey_has_a_version CHECK ((((state)::text = 'draft'::text) OR (version > 0))),
    CONSTRAINT journeys_journey_version_check CHECK ((version >= 0))
);

ALTER TABLE public.journeys_journey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journeys_journey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.journeys_journeyversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    graph jsonb NOT NULL,
    actor character varying(40) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    journey_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT journeys_journeyversion_number_check CHECK ((number >= 0))
);

ALTER TABLE public.journeys_journeyversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journeys_journeyversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.journeys_nodetally (
    id bigint NOT NULL,
    node character varying(40) NOT NULL,
    what character varying(60) NOT NULL,
    day date NOT NULL,
    count bigint NOT NULL,
    journey_id bigint NOT NULL,
    version_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.journeys_nodetally ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journeys_nodetally_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.journeys_pace (
    id bigint NOT NULL,
    node character varying(40) NOT NULL,
    next_at timestamp with time zone NOT NULL,
    journey_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    count bigint NOT NULL
);

ALTER TABLE public.journeys_pace ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journeys_pace_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.journeys_run (
    id bigint NOT NULL,
    subject bigint NOT NULL,
    origin bigint NOT NULL,
    entry_key character varying(80) NOT NULL,
    node character varying(40) NOT NULL,
    visit integer NOT NULL,
    state character varying(7) NOT NULL,
    due_at timestamp with time zone,
    sign character varying(40) NOT NULL,
    tries smallint NOT NULL,
    mark bigint NOT NULL,
    rev integer NOT NULL,
    outcome character varying(60) NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    arrived_at timestamp with time zone NOT NULL,
    goal_at timestamp with time zone,
    data jsonb,
    journey_id bigint NOT NULL,
    version_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT journeys_run_tries_check CHECK ((tries >= 0)),
    CONSTRAINT journeys_run_visit_check CHECK ((visit >= 0))
)
WITH (fillfactor='80', autovacuum_vacuum_scale_factor='0.1');

ALTER TABLE public.journeys_run ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journeys_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.journeys_runstep (
    seq integer NOT NULL,
    node character varying(40) NOT NULL,
    outcome character varying(60) NOT NULL,
    at timestamp with time zone NOT NULL,
    run_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT journeys_runstep_seq_check CHECK ((seq >= 0))
);

CREATE TABLE public.journeys_stafftask (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    customer bigint NOT NULL,
    staff bigint NOT NULL,
    title character varying(200) NOT NULL,
    note character varying(1000) NOT NULL,
    due_at timestamp with time zone,
    done_at timestamp with time zone,
    done_by character varying(40) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    journey_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.journeys_stafftask ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journeys_stafftask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.journeys_watch (
    id bigint NOT NULL,
    audience bigint NOT NULL,
    version bigint NOT NULL,
    customer bigint NOT NULL,
    journey_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.journeys_watch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journeys_watch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.journeys_waytaken (
    id bigint NOT NULL,
    node character varying(40) NOT NULL,
    subject bigint NOT NULL,
    way character varying(40) NOT NULL,
    journey_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.journeys_waytaken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journeys_waytaken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_channelaccount (
    id bigint NOT NULL,
    adapter character varying(40) NOT NULL,
    channel character varying(20) NOT NULL,
    name character varying(100) NOT NULL,
    settings jsonb NOT NULL,
    secrets text NOT NULL,
    rate integer NOT NULL,
    burst integer NOT NULL,
    tokens double precision NOT NULL,
    tokens_at timestamp with time zone,
    rests_until timestamp with time zone,
    state character varying(8) NOT NULL,
    trouble character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT reach_channelaccount_burst_check CHECK ((burst >= 0)),
    CONSTRAINT reach_channelaccount_rate_check CHECK ((rate >= 0))
);

ALTER TABLE public.reach_channelaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_channelaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_contactpolicy (
    id bigint NOT NULL,
    number integer NOT NULL,
    rules jsonb NOT NULL,
    made_by character varying(80) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT reach_contactpolicy_number_check CHECK ((number >= 0))
);

ALTER TABLE public.reach_contactpolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_contactpolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_delivery (
    id bigint NOT NULL,
    token uuid NOT NULL,
    customer bigint NOT NULL,
    origin bigint NOT NULL,
    channel character varying(20) NOT NULL,
    purpose character varying(20) NOT NULL,
    priority smallint NOT NULL,
    journey bigint,
    key character varying(100) NOT NULL COLLATE pg_catalog."C",
    sender bigint,
    state character varying(14) NOT NULL,
    reason character varying(40) NOT NULL,
    detail character varying(300) NOT NULL,
    data jsonb,
    planned_at timestamp with time zone NOT NULL,
    not_before timestamp with time zone,
    expires_at timestamp with time zone,
    counts_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    attempts smallint NOT NULL,
    lease uuid,
    lease_until timestamp with time zone,
    provider_ref character varying(120) NOT NULL COLLATE pg_catalog."C",
    account_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    sending_id bigint NOT NULL,
    came_to character varying(14) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT delivery_queued_for_an_instant CHECK (((NOT ((state)::text = 'queued'::text)) OR (not_before IS NOT NULL))),
    CONSTRAINT reach_delivery_attempts_check CHECK ((attempts >= 0))
);

ALTER TABLE public.reach_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_deliverychange (
    id bigint NOT NULL,
    delivery bigint NOT NULL,
    state character varying(14) NOT NULL,
    reason character varying(40) NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.reach_deliverychange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_deliverychange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_exposure (
    id bigint NOT NULL,
    channel character varying(20) NOT NULL,
    purpose character varying(20) NOT NULL,
    journey bigint,
    key character varying(100) NOT NULL COLLATE pg_catalog."C",
    customer bigint NOT NULL,
    origin bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    reached_at timestamp with time zone,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.reach_exposure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_exposure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_linkclick (
    id bigint NOT NULL,
    delivery bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    bot character varying(10) NOT NULL,
    is_judged boolean NOT NULL,
    workspace_id bigint NOT NULL,
    target_id bigint NOT NULL
);

ALTER TABLE public.reach_linkclick ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_linkclick_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_linktarget (
    id bigint NOT NULL,
    url character varying(2000) NOT NULL,
    number smallint NOT NULL,
    version_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT reach_linktarget_number_check CHECK ((number >= 0))
);

ALTER TABLE public.reach_linktarget ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_linktarget_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_material (
    id bigint NOT NULL,
    door uuid NOT NULL,
    kind character varying(5) NOT NULL,
    name character varying(100) NOT NULL,
    content_type character varying(60) NOT NULL,
    size integer NOT NULL,
    digest bytea NOT NULL,
    content bytea NOT NULL,
    added_by character varying(80) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.reach_material ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_material_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_message (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    channel character varying(20) NOT NULL,
    purpose character varying(20) NOT NULL,
    state character varying(8) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    owner_id bigint,
    workspace_id bigint NOT NULL,
    CONSTRAINT reach_message_version_check CHECK ((version >= 0))
);

ALTER TABLE public.reach_message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_messagelimit (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    value integer NOT NULL,
    since date NOT NULL,
    before integer,
    made_by character varying(80) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.reach_messagelimit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_messagelimit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_messageversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    parts jsonb NOT NULL,
    variables jsonb NOT NULL,
    author character varying(80) NOT NULL,
    approved_by character varying(80) NOT NULL,
    approved_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    message_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    answer character varying(300) NOT NULL,
    asked_at timestamp with time zone,
    asked_by character varying(80) NOT NULL,
    asked_note character varying(300) NOT NULL,
    rejected_at timestamp with time zone,
    rejected_by character varying(80) NOT NULL,
    review character varying(8) NOT NULL,
    CONSTRAINT reach_messageversion_number_check CHECK ((number >= 0))
);

ALTER TABLE public.reach_messageversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_messageversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_papermessage (
    id bigint NOT NULL,
    account bigint NOT NULL,
    token uuid NOT NULL,
    customer bigint NOT NULL,
    subject character varying(500) NOT NULL,
    parts jsonb NOT NULL,
    copies integer NOT NULL,
    at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT reach_papermessage_copies_check CHECK ((copies >= 0))
);

ALTER TABLE public.reach_papermessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_papermessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_sending (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    channel character varying(20) NOT NULL,
    purpose character varying(20) NOT NULL,
    priority smallint NOT NULL,
    journey bigint,
    node character varying(40) NOT NULL,
    holdout_percent double precision NOT NULL,
    holdout_salt character varying(40) NOT NULL,
    expires_after_hours integer,
    state character varying(9) NOT NULL,
    made_by character varying(80) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL,
    version_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    paused_with_journey boolean NOT NULL,
    CONSTRAINT reach_sending_expires_after_hours_check CHECK ((expires_after_hours >= 0))
);

ALTER TABLE public.reach_sending ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_sending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reach_suppression (
    id bigint NOT NULL,
    customer bigint,
    digest bytea,
    channel character varying(20) NOT NULL,
    reason character varying(20) NOT NULL,
    note character varying(200) NOT NULL,
    until timestamp with time zone,
    added_by character varying(80) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT suppression_of_a_customer_or_an_address CHECK ((((customer IS NOT NULL) AND (digest IS NULL)) OR ((customer IS NULL) AND (digest IS NOT NULL))))
);

ALTER TABLE public.reach_suppression ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reach_suppression_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.tags_mirror_version
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.tags_owntagging (
    id bigint NOT NULL,
    customer bigint NOT NULL,
    shown_on bigint NOT NULL,
    is_shown boolean NOT NULL,
    sources character varying(40)[] NOT NULL,
    tagged_at timestamp with time zone NOT NULL,
    tagged_by character varying(40) NOT NULL,
    expires_at timestamp with time zone,
    tag_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.tags_owntagging ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tags_owntagging_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tags_tag (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    colour character varying(6) NOT NULL,
    note character varying(500) NOT NULL,
    default_days integer,
    place integer NOT NULL,
    customers integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    archived_at timestamp with time zone,
    merged_into_id bigint,
    owner_id bigint,
    workspace_id bigint NOT NULL,
    group_id bigint NOT NULL,
    CONSTRAINT a_merged_tag_is_archived CHECK (((merged_into_id IS NULL) OR (archived_at IS NOT NULL))),
    CONSTRAINT tags_tag_customers_check CHECK ((customers >= 0)),
    CONSTRAINT tags_tag_default_days_check CHECK ((default_days >= 0)),
    CONSTRAINT tags_tag_place_check CHECK ((place >= 0))
);

ALTER TABLE public.tags_tag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tags_tag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tags_tagchange (
    id bigint NOT NULL,
    customer bigint NOT NULL,
    kind character varying(9) NOT NULL,
    source character varying(40) NOT NULL,
    actor character varying(40) NOT NULL,
    reason character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    tag_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.tags_tagchange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tags_tagchange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tags_tagging (
    id bigint NOT NULL,
    customer bigint NOT NULL,
    sources character varying(40)[] NOT NULL,
    tagged_at timestamp with time zone NOT NULL,
    tagged_by character varying(40) NOT NULL,
    expires_at timestamp with time zone,
    tag_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    exclusive_group_id bigint
);

ALTER TABLE public.tags_tagging ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tags_tagging_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tags_taggroup (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    kind character varying(10) NOT NULL,
    is_exclusive boolean NOT NULL,
    colour character varying(6) NOT NULL,
    note character varying(500) NOT NULL,
    place integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone,
    workspace_id bigint NOT NULL,
    owner_id bigint,
    CONSTRAINT tags_taggroup_place_check CHECK ((place >= 0))
);

ALTER TABLE public.tags_taggroup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tags_taggroup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tags_uncountedtagging (
    id bigint NOT NULL,
    tag bigint NOT NULL,
    given integer NOT NULL,
    at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL,
    CONSTRAINT tags_uncountedtagging_given_check CHECK ((given >= 0))
);

ALTER TABLE public.tags_uncountedtagging ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tags_uncountedtagging_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tags_unmirroredtagging (
    id bigint NOT NULL,
    tag bigint NOT NULL,
    customer bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.tags_unmirroredtagging ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tags_unmirroredtagging_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tracking_badrow (
    id bigint NOT NULL,
    line bigint NOT NULL,
    zh text NOT NULL,
    en text NOT NULL,
    content text NOT NULL,
    workspace_id bigint NOT NULL,
    import_of_id bigint NOT NULL
);

ALTER TABLE public.tracking_badrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracking_badrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tracking_hook (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    token character varying(40) NOT NULL,
    mapping jsonb NOT NULL,
    secret_number integer NOT NULL,
    previous_until timestamp with time zone,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.tracking_hook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracking_hook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tracking_hookdelivery (
    id bigint NOT NULL,
    message_id character varying(200) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    length integer NOT NULL,
    accepted integer NOT NULL,
    duplicates integer NOT NULL,
    errors jsonb NOT NULL,
    hook_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.tracking_hookdelivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracking_hookdelivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tracking_import (
    id bigint NOT NULL,
    name character varying(255) NOT NULL,
    path character varying(1000) NOT NULL,
    is_ours boolean NOT NULL,
    kept_until timestamp with time zone,
    bad_rows_until timestamp with time zone,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    state character varying(8) NOT NULL,
    mapping jsonb NOT NULL,
    job_id bigint,
    stop_asked boolean NOT NULL,
    rows_read bigint NOT NULL,
    rows_in bigint NOT NULL,
    rows_known bigint NOT NULL,
    rows_bad bigint NOT NULL,
    bytes_read bigint NOT NULL,
    seconds double precision NOT NULL,
    created_by character varying(80) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    began_at timestamp with time zone,
    finished_at timestamp with time zone,
    stopped_zh character varying(500) NOT NULL,
    stopped_en character varying(500) NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.tracking_import ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracking_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tracking_sharedrow (
    "row" uuid NOT NULL,
    import_of_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

CREATE TABLE public.tracking_site (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    write_key character varying(40) NOT NULL,
    origins character varying(200)[] NOT NULL,
    trusts_pages boolean NOT NULL,
    secret_number integer NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.tracking_site ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracking_site_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_acquisitionlink (
    id bigint NOT NULL,
    link character varying(64) NOT NULL COLLATE pg_catalog."C",
    name character varying(100) NOT NULL,
    url character varying(500) NOT NULL,
    told jsonb NOT NULL,
    read_at timestamp with time zone NOT NULL,
    gone_at timestamp with time zone,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_acquisitionlink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_acquisitionlink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_archivedmessage (
    id bigint NOT NULL,
    seq bigint NOT NULL,
    msgid character varying(120) NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    staff bigint NOT NULL,
    home bigint NOT NULL,
    room character varying(64) NOT NULL COLLATE pg_catalog."C",
    by_staff boolean NOT NULL,
    kind character varying(20) NOT NULL,
    text character varying(4000) NOT NULL,
    is_recalled boolean NOT NULL,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_archivedmessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_archivedmessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_callback (
    id bigint NOT NULL,
    digest bytea NOT NULL,
    event character varying(64) NOT NULL,
    change_type character varying(64) NOT NULL,
    about character varying(64) NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL,
    is_known boolean NOT NULL,
    copies integer NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_callback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_callback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_chathandover (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    code integer NOT NULL,
    asked_at timestamp with time zone,
    ended_at timestamp with time zone,
    chat_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    transfer_id bigint NOT NULL
);

ALTER TABLE public.wecom_chathandover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_chathandover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_chatmember (
    id bigint NOT NULL,
    key character varying(64) NOT NULL COLLATE pg_catalog."C",
    home bigint NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    scene smallint NOT NULL,
    invited_by character varying(64) NOT NULL,
    state character varying(64) NOT NULL,
    workspace_id bigint NOT NULL,
    chat_id bigint NOT NULL
);

ALTER TABLE public.wecom_chatmember ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_chatmember_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_contactway (
    id bigint NOT NULL,
    config character varying(64) NOT NULL COLLATE pg_catalog."C",
    state character varying(64) NOT NULL,
    remark character varying(200) NOT NULL,
    told jsonb NOT NULL,
    read_at timestamp with time zone NOT NULL,
    gone_at timestamp with time zone,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_contactway ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_contactway_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_corp (
    id bigint NOT NULL,
    corp_id character varying(64) NOT NULL,
    agent_id integer NOT NULL,
    name character varying(100) NOT NULL,
    base character varying(200) NOT NULL,
    secret text NOT NULL,
    callback_token text NOT NULL,
    callback_key text NOT NULL,
    door uuid NOT NULL,
    state character varying(6) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL,
    refused_at timestamp with time zone,
    refused_why character varying(40) NOT NULL,
    verified_at timestamp with time zone,
    welcome jsonb NOT NULL,
    tags_told_to timestamp with time zone,
    leavers_due_at timestamp with time zone,
    leavers_read_at timestamp with time zone,
    archive_base character varying(200) NOT NULL,
    archive_days integer NOT NULL,
    archive_read_at timestamp with time zone,
    archive_secret text NOT NULL,
    archive_seq bigint NOT NULL,
    archive_trouble_en character varying(300) NOT NULL,
    archive_trouble_zh character varying(300) NOT NULL
);

ALTER TABLE public.wecom_corp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_corp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_corptag (
    id bigint NOT NULL,
    number character varying(64) NOT NULL COLLATE pg_catalog."C",
    name character varying(60) NOT NULL,
    place character varying(8) NOT NULL,
    said_zh character varying(500) NOT NULL,
    said_en character varying(500) NOT NULL,
    corp_id bigint NOT NULL,
    tag_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    group_id bigint NOT NULL
);

ALTER TABLE public.wecom_corptag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_corptag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_corptaggroup (
    id bigint NOT NULL,
    number character varying(64) NOT NULL COLLATE pg_catalog."C",
    corp_id bigint NOT NULL,
    group_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_corptaggroup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_corptaggroup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_departmentlink (
    id bigint NOT NULL,
    number bigint NOT NULL,
    corp_id bigint NOT NULL,
    department_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_departmentlink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_departmentlink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_failure (
    id bigint NOT NULL,
    subject character varying(8) NOT NULL,
    key character varying(140) NOT NULL COLLATE pg_catalog."C",
    home bigint NOT NULL,
    code integer NOT NULL,
    zh character varying(500) NOT NULL,
    en character varying(500) NOT NULL,
    times integer NOT NULL,
    at timestamp with time zone NOT NULL,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_failure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_failure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_followrelation (
    id bigint NOT NULL,
    external character varying(64) NOT NULL COLLATE pg_catalog."C",
    home bigint NOT NULL,
    digest bigint NOT NULL,
    tags character varying(64)[] NOT NULL,
    add_way smallint NOT NULL,
    state character varying(64) NOT NULL,
    since timestamp with time zone NOT NULL,
    read_at timestamp with time zone NOT NULL,
    ended character varying(8) NOT NULL,
    ended_at timestamp with time zone,
    word_at timestamp with time zone,
    account_id bigint NOT NULL,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_followrelation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_followrelation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_gap (
    id bigint NOT NULL,
    subject character varying(8) NOT NULL,
    kind character varying(9) NOT NULL,
    key character varying(140) NOT NULL COLLATE pg_catalog."C",
    home bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    run_id bigint NOT NULL
);

ALTER TABLE public.wecom_gap ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_gap_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_groupchat (
    id bigint NOT NULL,
    chat character varying(64) NOT NULL COLLATE pg_catalog."C",
    name character varying(200) NOT NULL,
    owner character varying(64) NOT NULL COLLATE pg_catalog."C",
    notice text NOT NULL,
    status smallint NOT NULL,
    version character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone NOT NULL,
    dismissed_at timestamp with time zone,
    corp_id bigint NOT NULL,
    group_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_groupchat ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_groupchat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_groupsending (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    message bigint NOT NULL,
    made_by character varying(80) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_groupsending ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_groupsending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_handling (
    id bigint NOT NULL,
    handler character varying(60) NOT NULL,
    state character varying(7) DEFAULT 'waiting'::character varying NOT NULL,
    attempts smallint DEFAULT 0 NOT NULL,
    lease uuid,
    not_before timestamp with time zone NOT NULL,
    reason character varying(300) DEFAULT ''::character varying NOT NULL,
    callback_id bigint NOT NULL,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_handling ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_handling_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_handover (
    id bigint NOT NULL,
    external character varying(64) NOT NULL COLLATE pg_catalog."C",
    home bigint NOT NULL,
    state character varying(10) NOT NULL,
    code integer NOT NULL,
    times smallint NOT NULL,
    asked_at timestamp with time zone,
    takeover_at timestamp with time zone,
    ended_at timestamp with time zone,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    transfer_id bigint NOT NULL
);

ALTER TABLE public.wecom_handover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_handover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_leaver (
    id bigint NOT NULL,
    customers integer NOT NULL,
    left_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_leaver ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_leaver_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_limitchange (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    value integer NOT NULL,
    since date NOT NULL,
    before integer,
    made_by character varying(80) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_limitchange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_limitchange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_massmember (
    id bigint NOT NULL,
    userid character varying(64) NOT NULL COLLATE pg_catalog."C",
    confirmed_at timestamp with time zone,
    fetched boolean NOT NULL,
    workspace_id bigint NOT NULL,
    task_id bigint NOT NULL,
    comments integer NOT NULL,
    likes integer NOT NULL,
    meant boolean NOT NULL
);

ALTER TABLE public.wecom_massmember ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_massmember_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_massrecipient (
    id bigint NOT NULL,
    token uuid NOT NULL,
    customer bigint NOT NULL,
    external_userid character varying(64) NOT NULL COLLATE pg_catalog."C",
    state smallint NOT NULL,
    userid character varying(64) NOT NULL,
    workspace_id bigint NOT NULL,
    task_id bigint NOT NULL
);

ALTER TABLE public.wecom_massrecipient ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_massrecipient_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_masstask (
    id bigint NOT NULL,
    account bigint NOT NULL,
    digest bytea NOT NULL,
    parts jsonb NOT NULL,
    sender character varying(64) NOT NULL,
    state character varying(9) NOT NULL,
    msgid character varying(100) NOT NULL,
    people integer NOT NULL,
    reached integer NOT NULL,
    members integer NOT NULL,
    confirmed integer NOT NULL,
    trouble_zh character varying(300) NOT NULL,
    trouble_en character varying(300) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    reminded jsonb NOT NULL,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    aim jsonb NOT NULL,
    comments integer NOT NULL,
    job character varying(100) NOT NULL,
    journey bigint,
    kind character varying(9) NOT NULL,
    likes integer NOT NULL,
    purpose character varying(20) NOT NULL,
    sending_id bigint
);

ALTER TABLE public.wecom_masstask ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_masstask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_media (
    id bigint NOT NULL,
    digest bytea NOT NULL,
    use character varying(20) NOT NULL,
    media_id character varying(300) NOT NULL,
    good_until timestamp with time zone NOT NULL,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_media ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_media_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_quota (
    id bigint NOT NULL,
    api character varying(80) NOT NULL,
    minute_at timestamp with time zone NOT NULL,
    minute_used integer NOT NULL,
    hour_at timestamp with time zone NOT NULL,
    hour_used integer NOT NULL,
    day_at timestamp with time zone NOT NULL,
    day_used integer NOT NULL,
    month_at timestamp with time zone NOT NULL,
    month_used integer NOT NULL,
    blocked_until timestamp with time zone,
    blocked_times smallint NOT NULL,
    at_once smallint,
    at_once_until timestamp with time zone,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_quota ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_quota_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_staffaccount (
    id bigint NOT NULL,
    userid character varying(64) NOT NULL COLLATE pg_catalog."C",
    spelling character varying(64) NOT NULL,
    status smallint NOT NULL,
    can_contact boolean NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    corp_id bigint NOT NULL,
    staff_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_staffaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_staffaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_staffnote (
    id bigint NOT NULL,
    key character varying(100) NOT NULL COLLATE pg_catalog."C",
    title character varying(200) NOT NULL,
    text character varying(1000) NOT NULL,
    customer bigint NOT NULL,
    path character varying(300) NOT NULL,
    state character varying(7) NOT NULL,
    bundle uuid,
    attempts integer NOT NULL,
    trouble character varying(100) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    corp_id bigint NOT NULL,
    staff_id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    language character varying(2) NOT NULL
);

ALTER TABLE public.wecom_staffnote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_staffnote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_syncpart (
    id bigint NOT NULL,
    subject character varying(8) NOT NULL,
    place integer NOT NULL,
    members jsonb NOT NULL,
    cursor text NOT NULL,
    state character varying(7) NOT NULL,
    workspace_id bigint NOT NULL,
    run_id bigint NOT NULL
);

ALTER TABLE public.wecom_syncpart ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_syncpart_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_syncrun (
    id bigint NOT NULL,
    job bigint NOT NULL,
    state character varying(7) NOT NULL,
    actor character varying(80) NOT NULL,
    is_first boolean NOT NULL,
    counts jsonb NOT NULL,
    began_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    not_before timestamp with time zone,
    stopped_zh character varying(500) NOT NULL,
    stopped_en character varying(500) NOT NULL,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_syncrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_syncrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_tagmark (
    id bigint NOT NULL,
    external character varying(64) NOT NULL COLLATE pg_catalog."C",
    home bigint NOT NULL,
    adding character varying(64)[] NOT NULL,
    removing character varying(64)[] NOT NULL,
    state character varying(7) NOT NULL,
    attempts integer NOT NULL,
    due_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_tagmark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_tagmark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_token (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    sealed text NOT NULL,
    good_until timestamp with time zone,
    fetching_until timestamp with time zone,
    fetched_at timestamp with time zone,
    refused_code integer NOT NULL,
    refused_said character varying(300) NOT NULL,
    refused_until timestamp with time zone,
    corp_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_token ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_token_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wecom_transfer (
    id bigint NOT NULL,
    is_resigned boolean NOT NULL,
    message character varying(200) NOT NULL,
    actor character varying(60) NOT NULL,
    state character varying(10) NOT NULL,
    trouble_zh character varying(300) NOT NULL,
    trouble_en character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    over_at timestamp with time zone,
    due_at timestamp with time zone NOT NULL,
    leased_until timestamp with time zone NOT NULL,
    corp_id bigint NOT NULL,
    giver_id bigint NOT NULL,
    taker_id bigint NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.wecom_transfer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wecom_transfer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_apikey (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    prefix character varying(12) NOT NULL,
    key_hash character varying(64) NOT NULL,
    permissions jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone,
    created_by_id bigint,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.workspaces_apikey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_apikey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_audithead (
    id bigint NOT NULL,
    number bigint NOT NULL,
    seal character varying(64) NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.workspaces_audithead ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_audithead_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_auditrecord (
    id bigint NOT NULL,
    actor character varying(80) NOT NULL,
    action character varying(80) NOT NULL,
    target character varying(200) NOT NULL,
    detail jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    number bigint,
    seal character varying(64) NOT NULL,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.workspaces_auditrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_auditrecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_department (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    parent_id bigint,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.workspaces_department ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_department_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_idempotentwrite (
    id bigint NOT NULL,
    key character varying(255) NOT NULL,
    request_hash character varying(64) NOT NULL,
    claimed_at timestamp with time zone NOT NULL,
    status integer,
    content_type character varying(100) NOT NULL,
    reply bytea,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.workspaces_idempotentwrite ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_idempotentwrite_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_job (
    id bigint NOT NULL,
    kind character varying(60) NOT NULL,
    label_zh character varying(200) NOT NULL,
    label_en character varying(200) NOT NULL,
    state character varying(9) NOT NULL,
    actor character varying(80) NOT NULL,
    done bigint NOT NULL,
    total bigint,
    attempts integer NOT NULL,
    said_zh character varying(500) NOT NULL,
    said_en character varying(500) NOT NULL,
    result jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.workspaces_job ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_membership (
    id bigint NOT NULL,
    role character varying(13) NOT NULL,
    scope character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    scope_department_id bigint,
    user_id bigint NOT NULL,
    scope_store_id bigint,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.workspaces_membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_recoverycode (
    id bigint NOT NULL,
    code_hash character varying(64) NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.workspaces_recoverycode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_recoverycode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_signinattempt (
    id bigint NOT NULL,
    subject character varying(64) NOT NULL,
    count integer NOT NULL,
    window_ends_at timestamp with time zone NOT NULL
);

ALTER TABLE public.workspaces_signinattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_signinattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_signinsession (
    id bigint NOT NULL,
    token_hash character varying(64) NOT NULL,
    address character varying(45) NOT NULL,
    browser character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.workspaces_signinsession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_signinsession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_staff (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    code character varying(64) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    department_id bigint,
    user_id bigint,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.workspaces_staff ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_staff_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_staff_stores (
    id bigint NOT NULL,
    staff_id bigint NOT NULL,
    store_id bigint NOT NULL
);

ALTER TABLE public.workspaces_staff_stores ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_staff_stores_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_store (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    code character varying(64) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    department_id bigint,
    workspace_id bigint NOT NULL
);

ALTER TABLE public.workspaces_store ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_store_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    email character varying(254) NOT NULL,
    name character varying(100) NOT NULL,
    language character varying(2) NOT NULL,
    is_active boolean NOT NULL,
    must_change_password boolean NOT NULL,
    totp_secret character varying(255) NOT NULL,
    totp_confirmed_at timestamp with time zone,
    totp_last_step bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_workspace_id bigint
);

ALTER TABLE public.workspaces_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspaces_workspace (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    slug character varying(60) NOT NULL,
    time_zone character varying(64) NOT NULL,
    is_demo boolean NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE public.workspaces_workspace ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workspaces_workspace_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);

ALTER TABLE ONLY public.audiences_listmove
    ADD CONSTRAINT a_place_is_taken_once UNIQUE (audience_id, loser);

ALTER TABLE ONLY public.tags_tagging
    ADD CONSTRAINT a_tag_is_had_once UNIQUE (tag_id, customer);

ALTER TABLE ONLY public.tags_owntagging
    ADD CONSTRAINT a_tag_is_owned_once UNIQUE (customer, tag_id);

ALTER TABLE ONLY public.events_listening
    ADD CONSTRAINT a_type_is_listened_to_once UNIQUE (workspace_id, listener, type);

ALTER TABLE ONLY public.acquisition_accountstanding
    ADD CONSTRAINT acquisition_accountstanding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.acquisition_channelcost
    ADD CONSTRAINT acquisition_channelcost_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.acquisition_codefriend
    ADD CONSTRAINT acquisition_codefriend_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.acquisition_livecode
    ADD CONSTRAINT acquisition_livecode_key_key UNIQUE (key);

ALTER TABLE ONLY public.acquisition_livecode
    ADD CONSTRAINT acquisition_livecode_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.acquisition_sourcechannel
    ADD CONSTRAINT acquisition_sourcechannel_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audiences_audienceuse
    ADD CONSTRAINT an_audience_is_used_once UNIQUE (audience_id, used_id);

ALTER TABLE ONLY public.audiences_audience
    ADD CONSTRAINT audiences_audience_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audiences_audiencetimer
    ADD CONSTRAINT audiences_audiencetimer_pkey PRIMARY KEY (audience_id, customer);

ALTER TABLE ONLY public.audiences_audiencetouch
    ADD CONSTRAINT audiences_audiencetouch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audiences_audienceuse
    ADD CONSTRAINT audiences_audienceuse_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audiences_listmove
    ADD CONSTRAINT audiences_listmove_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audiences_membershiprun
    ADD CONSTRAINT audiences_membershiprun_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.audiences_mergetofollow
    ADD CONSTRAINT audiences_mergetofollow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audiences_tagrule
    ADD CONSTRAINT audiences_tagrule_audience_id_key UNIQUE (audience_id);

ALTER TABLE ONLY public.audiences_tagrule
    ADD CONSTRAINT audiences_tagrule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_auditrecord
    ADD CONSTRAINT audit_number_once UNIQUE (workspace_id, number);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_conflict
    ADD CONSTRAINT conflict_once_for_a_pair UNIQUE (first_id, second_id);

ALTER TABLE ONLY public.reach_contactpolicy
    ADD CONSTRAINT contact_policy_once UNIQUE (workspace_id, number);

ALTER TABLE ONLY public.customers_customfield
    ADD CONSTRAINT custom_field_once UNIQUE (workspace_id, name);

ALTER TABLE ONLY public.customers_conflict
    ADD CONSTRAINT customers_conflict_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_consent
    ADD CONSTRAINT customers_consent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_customer
    ADD CONSTRAINT customers_customer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_customermark
    ADD CONSTRAINT customers_customermark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_customersettings
    ADD CONSTRAINT customers_customersettings_pkey PRIMARY KEY (workspace_id);

ALTER TABLE ONLY public.customers_customfield
    ADD CONSTRAINT customers_customfield_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_dependant
    ADD CONSTRAINT customers_dependant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_erasure
    ADD CONSTRAINT customers_erasure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_group
    ADD CONSTRAINT customers_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_identity
    ADD CONSTRAINT customers_identity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_identitykind
    ADD CONSTRAINT customers_identitykind_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_identitymove
    ADD CONSTRAINT customers_identitymove_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_merge
    ADD CONSTRAINT customers_merge_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_override
    ADD CONSTRAINT customers_override_pkey PRIMARY KEY (origin_id);

ALTER TABLE ONLY public.customers_relation
    ADD CONSTRAINT customers_relation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_searchkey
    ADD CONSTRAINT customers_searchkey_pkey PRIMARY KEY (workspace_id, key, customer_id);

ALTER TABLE ONLY public.customers_tombstone
    ADD CONSTRAINT customers_tombstone_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_delivery
    ADD CONSTRAINT delivery_once UNIQUE (workspace_id, key);

ALTER TABLE ONLY public.reach_delivery
    ADD CONSTRAINT delivery_token_once UNIQUE (token);

ALTER TABLE ONLY public.workspaces_department
    ADD CONSTRAINT department_name_once_beside_its_siblings UNIQUE NULLS NOT DISTINCT (workspace_id, parent_id, name);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.events_arrival
    ADD CONSTRAINT events_arrival_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.events_cataloguedproperty
    ADD CONSTRAINT events_cataloguedproperty_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.events_cataloguedtype
    ADD CONSTRAINT events_cataloguedtype_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.events_heard
    ADD CONSTRAINT events_heard_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.events_listening
    ADD CONSTRAINT events_listening_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.events_receipt
    ADD CONSTRAINT events_receipt_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.events_spool
    ADD CONSTRAINT events_spool_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_exposure
    ADD CONSTRAINT exposed_to_it_once UNIQUE (workspace_id, key, origin);

ALTER TABLE ONLY public.guides_chatcheck
    ADD CONSTRAINT guides_chatcheck_corp_id_key UNIQUE (corp_id);

ALTER TABLE ONLY public.guides_chatcheck
    ADD CONSTRAINT guides_chatcheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.guides_chatday
    ADD CONSTRAINT guides_chatday_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.guides_chathit
    ADD CONSTRAINT guides_chathit_message_id_key UNIQUE (message_id);

ALTER TABLE ONLY public.guides_chathit
    ADD CONSTRAINT guides_chathit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.guides_chatrules
    ADD CONSTRAINT guides_chatrules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.guides_chatrules
    ADD CONSTRAINT guides_chatrules_workspace_id_key UNIQUE (workspace_id);

ALTER TABLE ONLY public.guides_chatwait
    ADD CONSTRAINT guides_chatwait_message_id_key UNIQUE (message_id);

ALTER TABLE ONLY public.guides_chatwait
    ADD CONSTRAINT guides_chatwait_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.guides_goal
    ADD CONSTRAINT guides_goal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.guides_phrase
    ADD CONSTRAINT guides_phrase_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.guides_phrasegroup
    ADD CONSTRAINT guides_phrasegroup_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.guides_sensitiveword
    ADD CONSTRAINT guides_sensitiveword_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_idempotentwrite
    ADD CONSTRAINT idempotency_key_once UNIQUE (workspace_id, key);

ALTER TABLE ONLY public.customers_identitykind
    ADD CONSTRAINT identity_kind_once UNIQUE (workspace_id, name);

ALTER TABLE ONLY public.journeys_entering
    ADD CONSTRAINT journeys_entering_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journeys_journey
    ADD CONSTRAINT journeys_journey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journeys_journeyversion
    ADD CONSTRAINT journeys_journeyversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journeys_nodetally
    ADD CONSTRAINT journeys_nodetally_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journeys_pace
    ADD CONSTRAINT journeys_pace_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journeys_run
    ADD CONSTRAINT journeys_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journeys_runstep
    ADD CONSTRAINT journeys_runstep_pkey PRIMARY KEY (run_id, seq);

ALTER TABLE ONLY public.journeys_stafftask
    ADD CONSTRAINT journeys_stafftask_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journeys_watch
    ADD CONSTRAINT journeys_watch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journeys_waytaken
    ADD CONSTRAINT journeys_waytaken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_linktarget
    ADD CONSTRAINT link_target_once UNIQUE (version_id, number);

ALTER TABLE ONLY public.workspaces_membership
    ADD CONSTRAINT membership_once UNIQUE (workspace_id, user_id);

ALTER TABLE ONLY public.reach_messageversion
    ADD CONSTRAINT message_version_once UNIQUE (message_id, number);

ALTER TABLE ONLY public.guides_chatday
    ADD CONSTRAINT one_chat_day UNIQUE (workspace_id, staff, day);

ALTER TABLE ONLY public.guides_goal
    ADD CONSTRAINT one_goal_a_month UNIQUE (workspace_id, month, measure, staff);

ALTER TABLE ONLY public.guides_phrasegroup
    ADD CONSTRAINT phrase_group_name_once UNIQUE NULLS NOT DISTINCT (workspace_id, owner_id, name);

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_channelaccount
    ADD CONSTRAINT reach_channelaccount_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_contactpolicy
    ADD CONSTRAINT reach_contactpolicy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_delivery
    ADD CONSTRAINT reach_delivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_deliverychange
    ADD CONSTRAINT reach_deliverychange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_exposure
    ADD CONSTRAINT reach_exposure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_linkclick
    ADD CONSTRAINT reach_linkclick_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_linktarget
    ADD CONSTRAINT reach_linktarget_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_material
    ADD CONSTRAINT reach_material_door_key UNIQUE (door);

ALTER TABLE ONLY public.reach_material
    ADD CONSTRAINT reach_material_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_message
    ADD CONSTRAINT reach_message_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_messagelimit
    ADD CONSTRAINT reach_messagelimit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_messageversion
    ADD CONSTRAINT reach_messageversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_papermessage
    ADD CONSTRAINT reach_papermessage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_papermessage
    ADD CONSTRAINT reach_papermessage_token_key UNIQUE (token);

ALTER TABLE ONLY public.reach_sending
    ADD CONSTRAINT reach_sending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reach_suppression
    ADD CONSTRAINT reach_suppression_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_recoverycode
    ADD CONSTRAINT recovery_code_once_per_user UNIQUE (user_id, code_hash);

ALTER TABLE ONLY public.guides_sensitiveword
    ADD CONSTRAINT sensitive_word_once UNIQUE (workspace_id, word);

ALTER TABLE ONLY public.workspaces_store
    ADD CONSTRAINT store_name_once UNIQUE (workspace_id, name);

ALTER TABLE ONLY public.tags_owntagging
    ADD CONSTRAINT tags_owntagging_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tags_tag
    ADD CONSTRAINT tags_tag_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tags_tagchange
    ADD CONSTRAINT tags_tagchange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tags_tagging
    ADD CONSTRAINT tags_tagging_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tags_taggroup
    ADD CONSTRAINT tags_taggroup_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tags_uncountedtagging
    ADD CONSTRAINT tags_uncountedtagging_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tags_unmirroredtagging
    ADD CONSTRAINT tags_unmirroredtagging_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_tombstone
    ADD CONSTRAINT tombstone_once UNIQUE (workspace_id, digest);

ALTER TABLE ONLY public.tracking_badrow
    ADD CONSTRAINT tracking_badrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tracking_hook
    ADD CONSTRAINT tracking_hook_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tracking_hook
    ADD CONSTRAINT tracking_hook_token_key UNIQUE (token);

ALTER TABLE ONLY public.tracking_hookdelivery
    ADD CONSTRAINT tracking_hookdelivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tracking_import
    ADD CONSTRAINT tracking_import_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tracking_sharedrow
    ADD CONSTRAINT tracking_sharedrow_pkey PRIMARY KEY (import_of_id, "row");

ALTER TABLE ONLY public.tracking_site
    ADD CONSTRAINT tracking_site_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tracking_site
    ADD CONSTRAINT tracking_site_write_key_key UNIQUE (write_key);

ALTER TABLE ONLY public.wecom_acquisitionlink
    ADD CONSTRAINT wecom_acquisitionlink_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_archivedmessage
    ADD CONSTRAINT wecom_archivedmessage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_callback
    ADD CONSTRAINT wecom_callback_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_groupchat
    ADD CONSTRAINT wecom_chat_once UNIQUE (corp_id, chat);

ALTER TABLE ONLY public.wecom_chathandover
    ADD CONSTRAINT wecom_chathandover_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_chatmember
    ADD CONSTRAINT wecom_chatmember_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_contactway
    ADD CONSTRAINT wecom_contact_way_once UNIQUE (corp_id, config);

ALTER TABLE ONLY public.wecom_contactway
    ADD CONSTRAINT wecom_contactway_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_corp
    ADD CONSTRAINT wecom_corp_door_key UNIQUE (door);

ALTER TABLE ONLY public.wecom_corp
    ADD CONSTRAINT wecom_corp_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_corptag
    ADD CONSTRAINT wecom_corptag_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_corptaggroup
    ADD CONSTRAINT wecom_corptaggroup_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_departmentlink
    ADD CONSTRAINT wecom_department_once UNIQUE (corp_id, number);

ALTER TABLE ONLY public.wecom_departmentlink
    ADD CONSTRAINT wecom_departmentlink_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_failure
    ADD CONSTRAINT wecom_failure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_failure
    ADD CONSTRAINT wecom_failure_told_once UNIQUE (corp_id, subject, key);

ALTER TABLE ONLY public.wecom_followrelation
    ADD CONSTRAINT wecom_follow_relation_once UNIQUE (corp_id, external, account_id);

ALTER TABLE ONLY public.wecom_followrelation
    ADD CONSTRAINT wecom_followrelation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_gap
    ADD CONSTRAINT wecom_gap_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_groupchat
    ADD CONSTRAINT wecom_groupchat_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_groupsending
    ADD CONSTRAINT wecom_groupsending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_handling
    ADD CONSTRAINT wecom_handling_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_handover
    ADD CONSTRAINT wecom_handover_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_chatmember
    ADD CONSTRAINT wecom_in_a_chat_once UNIQUE (chat_id, key);

ALTER TABLE ONLY public.wecom_leaver
    ADD CONSTRAINT wecom_leaver_account_id_key UNIQUE (account_id);

ALTER TABLE ONLY public.wecom_leaver
    ADD CONSTRAINT wecom_leaver_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_limitchange
    ADD CONSTRAINT wecom_limitchange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_acquisitionlink
    ADD CONSTRAINT wecom_link_once UNIQUE (corp_id, link);

ALTER TABLE ONLY public.wecom_tagmark
    ADD CONSTRAINT wecom_mark_once UNIQUE (corp_id, external, account_id);

ALTER TABLE ONLY public.wecom_massmember
    ADD CONSTRAINT wecom_massmember_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_massrecipient
    ADD CONSTRAINT wecom_massrecipient_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_massrecipient
    ADD CONSTRAINT wecom_massrecipient_token_key UNIQUE (token);

ALTER TABLE ONLY public.wecom_masstask
    ADD CONSTRAINT wecom_masstask_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_media
    ADD CONSTRAINT wecom_media_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_syncpart
    ADD CONSTRAINT wecom_part_of_a_sync_once UNIQUE (run_id, subject, place);

ALTER TABLE ONLY public.wecom_quota
    ADD CONSTRAINT wecom_quota_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_staffaccount
    ADD CONSTRAINT wecom_staffaccount_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_staffnote
    ADD CONSTRAINT wecom_staffnote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_syncpart
    ADD CONSTRAINT wecom_syncpart_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_syncrun
    ADD CONSTRAINT wecom_syncrun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_corptaggroup
    ADD CONSTRAINT wecom_tag_group_once UNIQUE (corp_id, group_id);

ALTER TABLE ONLY public.wecom_corptag
    ADD CONSTRAINT wecom_tag_once UNIQUE (corp_id, tag_id);

ALTER TABLE ONLY public.wecom_tagmark
    ADD CONSTRAINT wecom_tagmark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_token
    ADD CONSTRAINT wecom_token_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wecom_transfer
    ADD CONSTRAINT wecom_transfer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_apikey
    ADD CONSTRAINT workspaces_apikey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_apikey
    ADD CONSTRAINT workspaces_apikey_prefix_key UNIQUE (prefix);

ALTER TABLE ONLY public.workspaces_audithead
    ADD CONSTRAINT workspaces_audithead_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_audithead
    ADD CONSTRAINT workspaces_audithead_workspace_id_key UNIQUE (workspace_id);

ALTER TABLE ONLY public.workspaces_auditrecord
    ADD CONSTRAINT workspaces_auditrecord_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_department
    ADD CONSTRAINT workspaces_department_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_idempotentwrite
    ADD CONSTRAINT workspaces_idempotentwrite_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_job
    ADD CONSTRAINT workspaces_job_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_membership
    ADD CONSTRAINT workspaces_membership_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_recoverycode
    ADD CONSTRAINT workspaces_recoverycode_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_signinattempt
    ADD CONSTRAINT workspaces_signinattempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_signinattempt
    ADD CONSTRAINT workspaces_signinattempt_subject_key UNIQUE (subject);

ALTER TABLE ONLY public.workspaces_signinsession
    ADD CONSTRAINT workspaces_signinsession_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_signinsession
    ADD CONSTRAINT workspaces_signinsession_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.workspaces_staff
    ADD CONSTRAINT workspaces_staff_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_staff_stores
    ADD CONSTRAINT workspaces_staff_stores_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_staff_stores
    ADD CONSTRAINT workspaces_staff_stores_staff_id_store_id_463674f6_uniq UNIQUE (staff_id, store_id);

ALTER TABLE ONLY public.workspaces_store
    ADD CONSTRAINT workspaces_store_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_user
    ADD CONSTRAINT workspaces_user_email_key UNIQUE (email);

ALTER TABLE ONLY public.workspaces_user
    ADD CONSTRAINT workspaces_user_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_workspace
    ADD CONSTRAINT workspaces_workspace_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspaces_workspace
    ADD CONSTRAINT workspaces_workspace_slug_key UNIQUE (slug);

CREATE UNIQUE INDEX a_task_is_given_once ON public.journeys_stafftask USING btree (workspace_id, key);

CREATE INDEX acquisition_accountstanding_staff_id_3d52a037 ON public.acquisition_accountstanding USING btree (staff_id);

CREATE INDEX acquisition_accountstanding_workspace_id_ee29ab70 ON public.acquisition_accountstanding USING btree (workspace_id);

CREATE UNIQUE INDEX acquisition_channel_once ON public.acquisition_sourcechannel USING btree (workspace_id, name) WHERE (archived_at IS NULL);

CREATE INDEX acquisition_channelcost_channel_id_f555a2e9 ON public.acquisition_channelcost USING btree (channel_id);

CREATE INDEX acquisition_channelcost_code_id_3631d077 ON public.acquisition_channelcost USING btree (code_id);

CREATE INDEX acquisition_channelcost_workspace_id_f2c79fdf ON public.acquisition_channelcost USING btree (workspace_id);

CREATE INDEX acquisition_codefriend_customer_cf518198 ON public.acquisition_codefriend USING btree (customer);

CREATE INDEX acquisition_codes_due ON public.acquisition_livecode USING btree (due_at);

CREATE INDEX acquisition_codes_newest ON public.acquisition_livecode USING btree (workspace_id, created_at DESC);

CREATE UNIQUE INDEX acquisition_friend_once ON public.acquisition_codefriend USING btree (code_id, staff, customer);

CREATE INDEX acquisition_friends_due ON public.acquisition_codefriend USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX acquisition_friends_of_code ON public.acquisition_codefriend USING btree (code_id, added_at);

CREATE INDEX acquisition_friends_staff ON public.acquisition_codefriend USING btree (workspace_id, staff, added_at);

CREATE INDEX acquisition_ledger ON public.acquisition_channelcost USING btree (channel_id, spent_on DESC);

CREATE INDEX acquisition_livecode_channel_id_1f41a368 ON public.acquisition_livecode USING btree (channel_id);

CREATE INDEX acquisition_livecode_corp_id_aa23ee03 ON public.acquisition_livecode USING btree (corp_id);

CREATE INDEX acquisition_livecode_key_918a213e_like ON public.acquisition_livecode USING btree (key varchar_pattern_ops);

CREATE INDEX acquisition_livecode_workspace_id_38ccf5f2 ON public.acquisition_livecode USING btree (workspace_id);

CREATE INDEX acquisition_sourcechannel_workspace_id_4b643de0 ON public.acquisition_sourcechannel USING btree (workspace_id);

CREATE UNIQUE INDEX acquisition_standing_once ON public.acquisition_accountstanding USING btree (workspace_id, staff_id);

CREATE UNIQUE INDEX an_audience_is_watched_once ON public.journeys_watch USING btree (journey_id, audience);

CREATE UNIQUE INDEX an_entry_counts_once ON public.journeys_run USING btree (journey_id, subject, entry_key);

CREATE INDEX audience_changing ON public.audiences_audience USING btree (next_change_at) WHERE ((archived_at IS NULL) AND (next_change_at IS NOT NULL));

CREATE INDEX audience_due ON public.audiences_audience USING btree (next_refresh_at) WHERE ((archived_at IS NULL) AND (next_refresh_at IS NOT NULL));

CREATE INDEX audience_listens ON public.audiences_audience USING gin (listens);

CREATE UNIQUE INDEX audience_names_differ ON public.audiences_audience USING btree (workspace_id, lower((name)::text)) WHERE ((archived_at IS NULL) AND (NOT is_of_rule));

CREATE INDEX audience_timer_due ON public.audiences_audiencetimer USING btree (audience_id, due_at);

CREATE INDEX audiences_audience_owner_id_0b1557c7 ON public.audiences_audience USING btree (owner_id);

CREATE INDEX audiences_audience_workspace_id_cc5823b7 ON public.audiences_audience USING btree (workspace_id);

CREATE INDEX audiences_audiencetouch_audience_id_971dceeb ON public.audiences_audiencetouch USING btree (audience_id);

CREATE INDEX audiences_audienceuse_audience_id_4127297c ON public.audiences_audienceuse USING btree (audience_id);

CREATE INDEX audiences_audienceuse_used_id_1de738d4 ON public.audiences_audienceuse USING btree (used_id);

CREATE INDEX audiences_audienceuse_workspace_id_65dcf023 ON public.audiences_audienceuse USING btree (workspace_id);

CREATE INDEX audiences_listmove_audience_id_8c1a529e ON public.audiences_listmove USING btree (audience_id);

CREATE INDEX audiences_listmove_workspace_id_3672e8f4 ON public.audiences_listmove USING btree (workspace_id);

CREATE INDEX audiences_membershiprun_workspace_id_7d8f7cd7 ON public.audiences_membershiprun USING btree (workspace_id);

CREATE INDEX audiences_mergetofollow_workspace_id_de7fa54f ON public.audiences_mergetofollow USING btree (workspace_id);

CREATE INDEX audiences_tagrule_owner_id_55e6bb74 ON public.audiences_tagrule USING btree (owner_id);

CREATE INDEX audiences_tagrule_tag_id_1acef31d ON public.audiences_tagrule USING btree (tag_id);

CREATE INDEX audiences_tagrule_workspace_id_5dcf494a ON public.audiences_tagrule USING btree (workspace_id);

CREATE INDEX audit_newest ON public.workspaces_auditrecord USING btree (workspace_id, id DESC);

CREATE INDEX audit_of_target ON public.workspaces_auditrecord USING btree (workspace_id, target, id DESC);

CREATE INDEX audit_unsealed ON public.workspaces_auditrecord USING btree (id) WHERE (number IS NULL);

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX bad_row_by_line ON public.tracking_badrow USING btree (import_of_id, line, id);

CREATE UNIQUE INDEX catalogued_property_once ON public.events_cataloguedproperty USING btree (type_id, name);

CREATE UNIQUE INDEX catalogued_type_once ON public.events_cataloguedtype USING btree (workspace_id, name);

CREATE UNIQUE INDEX channel_account_names_differ ON public.reach_channelaccount USING btree (workspace_id, lower((name)::text));

CREATE INDEX conflict_pending ON public.customers_conflict USING btree (workspace_id, id DESC) WHERE ((state)::text = 'pending'::text);

CREATE INDEX consent_said ON public.customers_consent USING btree (customer_id, purpose, channel, at, id);

CREATE INDEX customer_list ON public.customers_customer USING btree (workspace_id, id DESC) WHERE (merged_into_id IS NULL);

CREATE INDEX customer_parts ON public.customers_customer USING btree (current_id) WHERE (merged_into_id IS NOT NULL);

CREATE INDEX customers_conflict_first_id_7fd7a0d6 ON public.customers_conflict USING btree (first_id);

CREATE INDEX customers_conflict_second_id_4edcbced ON public.customers_conflict USING btree (second_id);

CREATE INDEX customers_conflict_workspace_id_81ccd20c ON public.customers_conflict USING btree (workspace_id);

CREATE INDEX customers_consent_customer_id_e5c9af2d ON public.customers_consent USING btree (customer_id);

CREATE INDEX customers_consent_workspace_id_a7b8b24e ON public.customers_consent USING btree (workspace_id);

CREATE INDEX customers_customermark_workspace_id_0c5d3b81 ON public.customers_customermark USING btree (workspace_id);

CREATE INDEX customers_customfield_workspace_id_ed91188b ON public.customers_customfield USING btree (workspace_id);

CREATE INDEX customers_dependant_customer_id_47933d2f ON public.customers_dependant USING btree (customer_id);

CREATE INDEX customers_dependant_workspace_id_e47ba7d4 ON public.customers_dependant USING btree (workspace_id);

CREATE INDEX customers_erasure_workspace_id_2a2f2f25 ON public.customers_erasure USING btree (workspace_id);

CREATE INDEX customers_group_workspace_id_c0186183 ON public.customers_group USING btree (workspace_id);

CREATE INDEX customers_identity_customer_id_b1e21f37 ON public.customers_identity USING btree (customer_id);

CREATE INDEX customers_identitykind_workspace_id_e3e6fc90 ON public.customers_identitykind USING btree (workspace_id);

CREATE INDEX customers_identitymove_workspace_id_076c8ad5 ON public.customers_identitymove USING btree (workspace_id);

CREATE INDEX customers_merge_loser_id_e72d9c75 ON public.customers_merge USING btree (loser_id);

CREATE INDEX customers_merge_winner_id_c37cc40c ON public.customers_merge USING btree (winner_id);

CREATE INDEX customers_merge_workspace_id_d6280396 ON public.customers_merge USING btree (workspace_id);

CREATE INDEX customers_override_workspace_id_37bb0436 ON public.customers_override USING btree (workspace_id);

CREATE INDEX customers_relation_customer_id_a45ba18a ON public.customers_relation USING btree (customer_id);

CREATE INDEX customers_searchkey_customer_id_4a8b306d ON public.customers_searchkey USING btree (customer_id);

CREATE INDEX customers_tombstone_workspace_id_bc1339ce ON public.customers_tombstone USING btree (workspace_id);

CREATE INDEX delivery_counts ON public.reach_delivery USING btree (workspace_id, customer, counts_at) WHERE (counts_at IS NOT NULL);

CREATE INDEX delivery_due ON public.reach_delivery USING btree (sending_id, not_before) WHERE ((state)::text = 'queued'::text);

CREATE INDEX delivery_leased ON public.reach_delivery USING btree (lease_until) WHERE ((state)::text = 'sending'::text);

CREATE INDEX delivery_of_a_sender ON public.reach_delivery USING btree (workspace_id, sender, counts_at) WHERE ((counts_at IS NOT NULL) AND (sender IS NOT NULL));

CREATE INDEX delivery_of_a_sending ON public.reach_delivery USING btree (sending_id);

CREATE INDEX delivery_of_the_provider ON public.reach_delivery USING btree (account_id, provider_ref) WHERE (NOT ((provider_ref)::text = ''::text));

CREATE INDEX delivery_planned ON public.reach_delivery USING brin (planned_at) WITH (autosummarize='on');

CREATE INDEX delivery_unknown ON public.reach_delivery USING btree (account_id, not_before) WHERE ((state)::text = 'unknown'::text);

CREATE INDEX erasure_newest ON public.customers_erasure USING btree (workspace_id, id DESC);

CREATE INDEX events_arrival_workspace_id_7a03f136 ON public.events_arrival USING btree (workspace_id);

CREATE INDEX events_cataloguedproperty_type_id_612c9f99 ON public.events_cataloguedproperty USING btree (type_id);

CREATE INDEX events_cataloguedproperty_workspace_id_deef7239 ON public.events_cataloguedproperty USING btree (workspace_id);

CREATE INDEX events_cataloguedtype_workspace_id_51e160de ON public.events_cataloguedtype USING btree (workspace_id);

CREATE INDEX events_listening_workspace_id_1d7d3c8d ON public.events_listening USING btree (workspace_id);

CREATE INDEX exposures_by_day ON public.reach_exposure USING btree (workspace_id, at);

CREATE INDEX exposures_of_somebody ON public.reach_exposure USING btree (workspace_id, origin);

CREATE UNIQUE INDEX group_name_once ON public.customers_group USING btree (workspace_id, name) WHERE (archived_at IS NULL);

CREATE INDEX guides_chatcheck_workspace_id_9d1e34e9 ON public.guides_chatcheck USING btree (workspace_id);

CREATE INDEX guides_chatday_workspace_id_0b608a26 ON public.guides_chatday USING btree (workspace_id);

CREATE INDEX guides_chathit_settled_by_id_0ce06930 ON public.guides_chathit USING btree (settled_by_id);

CREATE INDEX guides_chathit_workspace_id_4d7d1fa3 ON public.guides_chathit USING btree (workspace_id);

CREATE INDEX guides_chatwait_corp_id_bf4faaf8 ON public.guides_chatwait USING btree (corp_id);

CREATE INDEX guides_chatwait_workspace_id_73f44d51 ON public.guides_chatwait USING btree (workspace_id);

CREATE INDEX guides_goal_workspace_id_a45d1686 ON public.guides_goal USING btree (workspace_id);

CREATE INDEX guides_hits_newest ON public.guides_chathit USING btree (workspace_id, at DESC, id DESC);

CREATE INDEX guides_phrase_group_id_49fae8c4 ON public.guides_phrase USING btree (group_id);

CREATE INDEX guides_phrase_workspace_id_40fcba5b ON public.guides_phrase USING btree (workspace_id);

CREATE INDEX guides_phrasegroup_owner_id_cbb456ee ON public.guides_phrasegroup USING btree (owner_id);

CREATE INDEX guides_phrasegroup_workspace_id_f0be6811 ON public.guides_phrasegroup USING btree (workspace_id);

CREATE INDEX guides_sensitiveword_workspace_id_aaf00d26 ON public.guides_sensitiveword USING btree (workspace_id);

CREATE INDEX guides_waits_newest ON public.guides_chatwait USING btree (workspace_id, since DESC, id DESC);

CREATE INDEX guides_waits_of_chat ON public.guides_chatwait USING btree (corp_id, staff, home);

CREATE UNIQUE INDEX guides_waits_once ON public.guides_chatwait USING btree (corp_id, staff, home) WHERE (answered_at IS NULL);

CREATE INDEX heard_of_customer ON public.events_heard USING btree (workspace_id, customer);

CREATE INDEX heard_seen ON public.events_heard USING btree (seen_at) WHERE (seen_at IS NOT NULL);

CREATE INDEX heard_unseen ON public.events_heard USING btree (id) WHERE (seen_at IS NULL);

CREATE INDEX hook_delivery_newest ON public.tracking_hookdelivery USING btree (hook_id, id DESC);

CREATE UNIQUE INDEX identity_once ON public.customers_identity USING btree (workspace_id, value, name) INCLUDE (customer_id, home_id);

CREATE INDEX identity_phone_tail ON public.customers_identity USING btree (workspace_id, reverse((value)::text)) WHERE ((name)::text = 'phone'::text);

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);

CREATE INDEX import_newest ON public.tracking_import USING btree (workspace_id, id DESC);

CREATE INDEX import_same_file ON public.tracking_import USING btree (workspace_id, sha256);

CREATE INDEX job_newest ON public.workspaces_job USING btree (workspace_id, id DESC);

CREATE UNIQUE INDEX journey_names_differ ON public.journeys_journey USING btree (workspace_id, lower((name)::text));

CREATE INDEX journey_state ON public.journeys_journey USING btree (state);

CREATE UNIQUE INDEX journey_versions_are_numbered ON public.journeys_journeyversion USING btree (journey_id, number);

CREATE INDEX journeys_entering_journey_id_97679390 ON public.journeys_entering USING btree (journey_id);

CREATE INDEX journeys_entering_workspace_id_13f0d8c3 ON public.journeys_entering USING btree (workspace_id);

CREATE INDEX journeys_journey_owner_id_ee71ffcd ON public.journeys_journey USING btree (owner_id);

CREATE INDEX journeys_journey_workspace_id_8c8f4395 ON public.journeys_journey USING btree (workspace_id);

CREATE INDEX journeys_journeyversion_journey_id_a85186a5 ON public.journeys_journeyversion USING btree (journey_id);

CREATE INDEX journeys_journeyversion_workspace_id_f5d69af6 ON public.journeys_journeyversion USING btree (workspace_id);

CREATE INDEX journeys_nodetally_journey_id_5b6955ad ON public.journeys_nodetally USING btree (journey_id);

CREATE INDEX journeys_nodetally_version_id_5f855602 ON public.journeys_nodetally USING btree (version_id);

CREATE INDEX journeys_nodetally_workspace_id_6456264b ON public.journeys_nodetally USING btree (workspace_id);

CREATE INDEX journeys_pace_journey_id_039de45d ON public.journeys_pace USING btree (journey_id);

CREATE INDEX journeys_pace_workspace_id_3a463dd6 ON public.journeys_pace USING btree (workspace_id);

CREATE INDEX journeys_stafftask_journey_id_3b2ceab6 ON public.journeys_stafftask USING btree (journey_id);

CREATE INDEX journeys_stafftask_workspace_id_d55fbbf3 ON public.journeys_stafftask USING btree (workspace_id);

CREATE INDEX journeys_watch_journey_id_488d4a2d ON public.journeys_watch USING btree (journey_id);

CREATE INDEX journeys_watch_workspace_id_dc81b572 ON public.journeys_watch USING btree (workspace_id);

CREATE INDEX journeys_waytaken_journey_id_6818b08c ON public.journeys_waytaken USING btree (journey_id);

CREATE INDEX journeys_waytaken_workspace_id_b186b2a6 ON public.journeys_waytaken USING btree (workspace_id);

CREATE INDEX link_click_new ON public.reach_linkclick USING btree (at) WHERE (NOT is_judged);

CREATE INDEX link_click_of_delivery ON public.reach_linkclick USING btree (delivery, at);

CREATE UNIQUE INDEX many_enter_once ON public.journeys_entering USING btree (journey_id, key);

CREATE UNIQUE INDEX material_once ON public.reach_material USING btree (workspace_id, digest, kind);

CREATE UNIQUE INDEX merged_once_at_a_time ON public.customers_merge USING btree (loser_id) WHERE (undone_at IS NULL);

CREATE UNIQUE INDEX message_names_differ ON public.reach_message USING btree (workspace_id, lower((name)::text));

CREATE INDEX node_tally ON public.journeys_nodetally USING btree (journey_id, version_id, node, what, day);

CREATE UNIQUE INDEX one_pace_of_a_node ON public.journeys_pace USING btree (journey_id, node);

CREATE UNIQUE INDEX one_tag_of_an_exclusive_group ON public.tags_tagging USING btree (customer, exclusive_group_id) WHERE (exclusive_group_id IS NOT NULL);

CREATE UNIQUE INDEX one_way_of_each ON public.journeys_waytaken USING btree (journey_id, node, subject);

CREATE INDEX own_tagging_shown_on ON public.tags_owntagging USING btree (workspace_id, shown_on);

CREATE INDEX paper_of_a_customer ON public.reach_papermessage USING btree (workspace_id, customer);

CREATE INDEX paper_of_an_account ON public.reach_papermessage USING btree (account, id DESC);

CREATE INDEX phrases_of_group ON public.guides_phrase USING btree (workspace_id, group_id, sent DESC);

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);

CREATE INDEX reach_channelaccount_workspace_id_3c00007c ON public.reach_channelaccount USING btree (workspace_id);

CREATE INDEX reach_contactpolicy_workspace_id_da86bc4b ON public.reach_contactpolicy USING btree (workspace_id);

CREATE INDEX reach_linkclick_target_id_6127266b ON public.reach_linkclick USING btree (target_id);

CREATE INDEX reach_linkclick_workspace_id_eaf1f94a ON public.reach_linkclick USING btree (workspace_id);

CREATE INDEX reach_linktarget_version_id_d9139819 ON public.reach_linktarget USING btree (version_id);

CREATE INDEX reach_linktarget_workspace_id_7f107bb5 ON public.reach_linktarget USING btree (workspace_id);

CREATE INDEX reach_material_workspace_id_393088ea ON public.reach_material USING btree (workspace_id);

CREATE INDEX reach_message_owner_id_a9dd8101 ON public.reach_message USING btree (owner_id);

CREATE INDEX reach_message_workspace_id_1e907c54 ON public.reach_message USING btree (workspace_id);

CREATE INDEX reach_messagelimit_workspace_id_879758c9 ON public.reach_messagelimit USING btree (workspace_id);

CREATE INDEX reach_messageversion_message_id_9ca63196 ON public.reach_messageversion USING btree (message_id);

CREATE INDEX reach_messageversion_workspace_id_c7be123d ON public.reach_messageversion USING btree (workspace_id);

CREATE UNIQUE INDEX reach_one_change_a_message_limit ON public.reach_messagelimit USING btree (workspace_id, name);

CREATE INDEX reach_papermessage_workspace_id_22423249 ON public.reach_papermessage USING btree (workspace_id);

CREATE INDEX reach_sending_account_id_7bf3874e ON public.reach_sending USING btree (account_id);

CREATE INDEX reach_sending_version_id_57921405 ON public.reach_sending USING btree (version_id);

CREATE INDEX reach_sending_workspace_id_af1d20f6 ON public.reach_sending USING btree (workspace_id);

CREATE INDEX reach_suppression_workspace_id_3927220e ON public.reach_suppression USING btree (workspace_id);

CREATE INDEX receipt_day ON public.events_receipt USING brin (received_on) WITH (autosummarize='on');

CREATE UNIQUE INDEX referrer_once ON public.customers_relation USING btree (customer_id) WHERE ((NOT is_hidden) AND ((kind)::text = 'referrer'::text));

CREATE UNIQUE INDEX relation_once ON public.customers_relation USING btree (workspace_id, kind, target, customer_id) WHERE (NOT is_hidden);

CREATE INDEX run_due ON public.journeys_run USING btree (journey_id, due_at, id) WHERE ((state)::text = ANY ((ARRAY['due'::character varying, 'waiting'::character varying])::text[]));

CREATE INDEX run_held ON public.journeys_run USING btree (journey_id, node) WHERE ((state)::text = 'held'::text);

CREATE INDEX run_step_at ON public.journeys_runstep USING brin (at) WITH (autosummarize='on');

CREATE INDEX sending_of_a_journey ON public.reach_sending USING btree (workspace_id, journey, node);

CREATE UNIQUE INDEX staff_code_once ON public.workspaces_staff USING btree (workspace_id, code) WHERE (NOT ((code)::text = ''::text));

CREATE INDEX staff_task_of ON public.journeys_stafftask USING btree (workspace_id, customer);

CREATE INDEX staff_task_open ON public.journeys_stafftask USING btree (workspace_id, staff, due_at) WHERE (done_at IS NULL);

CREATE UNIQUE INDEX staff_user_once ON public.workspaces_staff USING btree (workspace_id, user_id) WHERE (user_id IS NOT NULL);

CREATE UNIQUE INDEX store_code_once ON public.workspaces_store USING btree (workspace_id, code) WHERE (NOT ((code)::text = ''::text));

CREATE UNIQUE INDEX suppression_of_a_customer_once ON public.reach_suppression USING btree (workspace_id, customer, channel) WHERE (customer IS NOT NULL);

CREATE INDEX suppression_of_addresses ON public.reach_suppression USING btree (workspace_id) WHERE (digest IS NOT NULL);

CREATE UNIQUE INDEX suppression_of_an_address_once ON public.reach_suppression USING btree (workspace_id, digest, channel) WHERE (digest IS NOT NULL);

CREATE INDEX tag_change_of_customer ON public.tags_tagchange USING btree (workspace_id, customer, at DESC, id DESC);

CREATE INDEX tag_change_of_tag ON public.tags_tagchange USING btree (tag_id, at DESC, id DESC);

CREATE UNIQUE INDEX tag_group_names_differ ON public.tags_taggroup USING btree (workspace_id, lower((name)::text)) WHERE (archived_at IS NULL);

CREATE UNIQUE INDEX tag_names_differ_in_their_group ON public.tags_tag USING btree (workspace_id, group_id, lower((name)::text)) WHERE (archived_at IS NULL);

CREATE UNIQUE INDEX tag_rule_names_differ ON public.audiences_tagrule USING btree (workspace_id, lower((name)::text));

CREATE INDEX tagging_expiring ON public.tags_tagging USING btree (expires_at) WHERE (expires_at IS NOT NULL);

CREATE INDEX tagging_of_customer ON public.tags_tagging USING btree (workspace_id, customer);

CREATE INDEX tags_owntagging_tag_id_8f6f4920 ON public.tags_owntagging USING btree (tag_id);

CREATE INDEX tags_owntagging_workspace_id_1bb3d040 ON public.tags_owntagging USING btree (workspace_id);

CREATE INDEX tags_tag_group_id_3e1dfd7a ON public.tags_tag USING btree (group_id);

CREATE INDEX tags_tag_merged_into_id_eb8a12bd ON public.tags_tag USING btree (merged_into_id);

CREATE INDEX tags_tag_owner_id_880fa60e ON public.tags_tag USING btree (owner_id);

CREATE INDEX tags_tag_workspace_id_b33d89ba ON public.tags_tag USING btree (workspace_id);

CREATE INDEX tags_taggroup_owner_id_6ae0340a ON public.tags_taggroup USING btree (owner_id);

CREATE INDEX tags_taggroup_workspace_id_813b6162 ON public.tags_taggroup USING btree (workspace_id);

CREATE INDEX tracking_hook_token_763b7671_like ON public.tracking_hook USING btree (token varchar_pattern_ops);

CREATE INDEX tracking_hook_workspace_id_0618fbaf ON public.tracking_hook USING btree (workspace_id);

CREATE INDEX tracking_hookdelivery_hook_id_7623784f ON public.tracking_hookdelivery USING btree (hook_id);

CREATE INDEX tracking_hookdelivery_workspace_id_37b00efb ON public.tracking_hookdelivery USING btree (workspace_id);

CREATE INDEX tracking_import_workspace_id_dc367a09 ON public.tracking_import USING btree (workspace_id);

CREATE INDEX tracking_site_workspace_id_b9aa4476 ON public.tracking_site USING btree (workspace_id);

CREATE INDEX tracking_site_write_key_88a83dfe_like ON public.tracking_site USING btree (write_key varchar_pattern_ops);

CREATE INDEX uncounted_of_tag ON public.tags_uncountedtagging USING btree (tag);

CREATE UNIQUE INDEX user_email_whatever_its_case ON public.workspaces_user USING btree (lower((email)::text));

CREATE UNIQUE INDEX wecom_a_member_confirms_once ON public.wecom_massmember USING btree (task_id, userid);

CREATE INDEX wecom_acquisitionlink_corp_id_c814e336 ON public.wecom_acquisitionlink USING btree (corp_id);

CREATE INDEX wecom_acquisitionlink_workspace_id_baf162dd ON public.wecom_acquisitionlink USING btree (workspace_id);

CREATE INDEX wecom_archived_chat ON public.wecom_archivedmessage USING btree (corp_id, staff, home, room, seq);

CREATE INDEX wecom_archived_of ON public.wecom_archivedmessage USING btree (workspace_id, home);

CREATE UNIQUE INDEX wecom_archived_once ON public.wecom_archivedmessage USING btree (corp_id, msgid);

CREATE INDEX wecom_archived_when ON public.wecom_archivedmessage USING btree (workspace_id, at);

CREATE INDEX wecom_archivedmessage_corp_id_3ef0665a ON public.wecom_archivedmessage USING btree (corp_id);

CREATE INDEX wecom_archivedmessage_workspace_id_4e1033fb ON public.wecom_archivedmessage USING btree (workspace_id);

CREATE INDEX wecom_callback_about ON public.wecom_callback USING btree (workspace_id, about) WHERE (NOT ((about)::text = ''::text));

CREATE INDEX wecom_callback_newest ON public.wecom_callback USING btree (workspace_id, received_at);

CREATE UNIQUE INDEX wecom_callback_told_once ON public.wecom_callback USING btree (corp_id, digest);

CREATE UNIQUE INDEX wecom_chat_handed_over_once_at_a_time ON public.wecom_chathandover USING btree (chat_id) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'asked'::character varying, 'begun'::character varying])::text[]));

CREATE INDEX wecom_chat_handovers_of ON public.wecom_chathandover USING btree (transfer_id, state, id);

CREATE INDEX wecom_chathandover_chat_id_a6f8b8d1 ON public.wecom_chathandover USING btree (chat_id);

CREATE INDEX wecom_chatmember_chat_id_7a089b67 ON public.wecom_chatmember USING btree (chat_id);

CREATE INDEX wecom_chatmember_home_eb432dbe ON public.wecom_chatmember USING btree (home);

CREATE INDEX wecom_chatmember_workspace_id_9f96a617 ON public.wecom_chatmember USING btree (workspace_id);

CREATE INDEX wecom_contactway_corp_id_6dfd4608 ON public.wecom_contactway USING btree (corp_id);

CREATE INDEX wecom_contactway_workspace_id_ed94ca13 ON public.wecom_contactway USING btree (workspace_id);

CREATE INDEX wecom_corp_workspace_id_8cfe9b8b ON public.wecom_corp USING btree (workspace_id);

CREATE UNIQUE INDEX wecom_corps_differ ON public.wecom_corp USING btree (workspace_id, corp_id);

CREATE INDEX wecom_corptag_corp_id_bf217ecf ON public.wecom_corptag USING btree (corp_id);

CREATE INDEX wecom_corptag_group_id_ac630158 ON public.wecom_corptag USING btree (group_id);

CREATE INDEX wecom_corptag_tag_id_68e0effe ON public.wecom_corptag USING btree (tag_id);

CREATE INDEX wecom_corptag_workspace_id_7c1302ad ON public.wecom_corptag USING btree (workspace_id);

CREATE INDEX wecom_corptaggroup_corp_id_700236c2 ON public.wecom_corptaggroup USING btree (corp_id);

CREATE INDEX wecom_corptaggroup_group_id_c0f54d11 ON public.wecom_corptaggroup USING btree (group_id);

CREATE INDEX wecom_corptaggroup_workspace_id_9e98e138 ON public.wecom_corptaggroup USING btree (workspace_id);

CREATE INDEX wecom_departmentlink_corp_id_830fe561 ON public.wecom_departmentlink USING btree (corp_id);

CREATE INDEX wecom_departmentlink_department_id_cd456635 ON public.wecom_departmentlink USING btree (department_id);

CREATE INDEX wecom_departmentlink_workspace_id_5befc348 ON public.wecom_departmentlink USING btree (workspace_id);

CREATE INDEX wecom_failure_corp_id_d882b212 ON public.wecom_failure USING btree (corp_id);

CREATE INDEX wecom_failure_home_7c4287f6 ON public.wecom_failure USING btree (home);

CREATE INDEX wecom_failure_workspace_id_1bf5cf29 ON public.wecom_failure USING btree (workspace_id);

CREATE INDEX wecom_followed_now ON public.wecom_followrelation USING btree (account_id, external) WHERE (NOT ((ended)::text = ANY ((ARRAY['staff'::character varying, 'transfer'::character varying])::text[])));

CREATE INDEX wecom_followrelation_home_73f2ad26 ON public.wecom_followrelation USING btree (home);

CREATE INDEX wecom_gap_corp_id_10143d3a ON public.wecom_gap USING btree (corp_id);

CREATE INDEX wecom_gap_home_d6a74483 ON public.wecom_gap USING btree (home);

CREATE INDEX wecom_gap_run_id_1f163e18 ON public.wecom_gap USING btree (run_id);

CREATE INDEX wecom_gap_workspace_id_f4fc66ca ON public.wecom_gap USING btree (workspace_id);

CREATE INDEX wecom_groupchat_corp_id_11d22f9f ON public.wecom_groupchat USING btree (corp_id);

CREATE INDEX wecom_groupchat_group_id_bca0c634 ON public.wecom_groupchat USING btree (group_id);

CREATE INDEX wecom_groupchat_workspace_id_c9afe5b6 ON public.wecom_groupchat USING btree (workspace_id);

CREATE INDEX wecom_groupsending_workspace_id_b15dfe74 ON public.wecom_groupsending USING btree (workspace_id);

CREATE UNIQUE INDEX wecom_handed_over_once_at_a_time ON public.wecom_handover USING btree (corp_id, external) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'asked'::character varying, 'begun'::character varying])::text[]));

CREATE UNIQUE INDEX wecom_handled_once ON public.wecom_handling USING btree (callback_id, handler);

CREATE INDEX wecom_handling_due ON public.wecom_handling USING btree (handler, corp_id, not_before) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX wecom_handling_failed ON public.wecom_handling USING btree (workspace_id) WHERE ((state)::text = 'failed'::text);

CREATE INDEX wecom_handover_is ON public.wecom_handover USING btree (workspace_id, home);

CREATE INDEX wecom_handovers_before ON public.wecom_handover USING btree (corp_id, external);

CREATE INDEX wecom_handovers_of ON public.wecom_handover USING btree (transfer_id, state, id);

CREATE INDEX wecom_leaver_workspace_id_7519ed83 ON public.wecom_leaver USING btree (workspace_id);

CREATE INDEX wecom_limitchange_workspace_id_d5481888 ON public.wecom_limitchange USING btree (workspace_id);

CREATE INDEX wecom_marks_due ON public.wecom_tagmark USING btree (due_at) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX wecom_mass_due ON public.wecom_masstask USING btree (due_at) WHERE ((state)::text = ANY ((ARRAY['gathering'::character varying, 'creating'::character varying, 'uncertain'::character varying, 'open'::character varying])::text[]));

CREATE INDEX wecom_mass_newest ON public.wecom_masstask USING btree (workspace_id, id DESC);

CREATE UNIQUE INDEX wecom_mass_told_once ON public.wecom_masstask USING btree (corp_id, msgid) WHERE (NOT ((msgid)::text = ''::text));

CREATE INDEX wecom_masstask_corp_id_8d7fa93b ON public.wecom_masstask USING btree (corp_id);

CREATE INDEX wecom_masstask_sending_id_4c2486c6 ON public.wecom_masstask USING btree (sending_id);

CREATE UNIQUE INDEX wecom_media_once ON public.wecom_media USING btree (corp_id, digest, use);

CREATE INDEX wecom_media_workspace_id_c6c10e6a ON public.wecom_media USING btree (workspace_id);

CREATE INDEX wecom_newest_gap ON public.wecom_gap USING btree (workspace_id, corp_id, id DESC);

CREATE INDEX wecom_newest_sync ON public.wecom_syncrun USING btree (workspace_id, id DESC);

CREATE UNIQUE INDEX wecom_note_once ON public.wecom_staffnote USING btree (corp_id, staff_id, key);

CREATE INDEX wecom_notes_about ON public.wecom_staffnote USING btree (workspace_id, customer) WHERE (NOT (customer = 0));

CREATE INDEX wecom_notes_due ON public.wecom_staffnote USING btree (due_at) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX wecom_notes_of_a_day ON public.wecom_staffnote USING btree (corp_id, staff_id, sent_at);

CREATE UNIQUE INDEX wecom_one_account_a_member ON public.wecom_staffaccount USING btree (corp_id, userid);

CREATE UNIQUE INDEX wecom_one_change_a_limit ON public.wecom_limitchange USING btree (workspace_id, name);

CREATE UNIQUE INDEX wecom_one_mass_gathers ON public.wecom_masstask USING btree (corp_id, account, digest, sender) WHERE ((state)::text = 'gathering'::text);

CREATE UNIQUE INDEX wecom_one_quota_an_api ON public.wecom_quota USING btree (corp_id, api);

CREATE UNIQUE INDEX wecom_one_sync_at_a_time ON public.wecom_syncrun USING btree (corp_id) WHERE ((state)::text = 'running'::text);

CREATE UNIQUE INDEX wecom_one_token_a_kind ON public.wecom_token USING btree (corp_id, kind);

CREATE INDEX wecom_quota_workspace_id_9c97207e ON public.wecom_quota USING btree (workspace_id);

CREATE INDEX wecom_recipient_is ON public.wecom_massrecipient USING btree (workspace_id, customer);

CREATE INDEX wecom_recipient_is_a_group ON public.wecom_massrecipient USING btree (workspace_id, external_userid) WHERE (customer = 0);

CREATE INDEX wecom_recipients_of ON public.wecom_massrecipient USING btree (task_id, state, id);

CREATE INDEX wecom_staffaccount_corp_id_cdd29ac8 ON public.wecom_staffaccount USING btree (corp_id);

CREATE INDEX wecom_staffaccount_staff_id_686882cf ON public.wecom_staffaccount USING btree (staff_id);

CREATE INDEX wecom_staffaccount_workspace_id_7a78ad9e ON public.wecom_staffaccount USING btree (workspace_id);

CREATE INDEX wecom_staffnote_corp_id_6228fef1 ON public.wecom_staffnote USING btree (corp_id);

CREATE INDEX wecom_staffnote_staff_id_2e1ac7c3 ON public.wecom_staffnote USING btree (staff_id);

CREATE INDEX wecom_staffnote_workspace_id_1ba6434c ON public.wecom_staffnote USING btree (workspace_id);

CREATE INDEX wecom_syncpart_run_id_69edeab0 ON public.wecom_syncpart USING btree (run_id);

CREATE INDEX wecom_syncpart_workspace_id_11b6a914 ON public.wecom_syncpart USING btree (workspace_id);

CREATE INDEX wecom_syncrun_corp_id_4da669c7 ON public.wecom_syncrun USING btree (corp_id);

CREATE INDEX wecom_syncrun_workspace_id_f97caf0b ON public.wecom_syncrun USING btree (workspace_id);

CREATE UNIQUE INDEX wecom_tag_group_there_once ON public.wecom_corptaggroup USING btree (corp_id, number) WHERE (NOT ((number)::text = ''::text));

CREATE UNIQUE INDEX wecom_tag_there_once ON public.wecom_corptag USING btree (corp_id, number) WHERE (NOT ((number)::text = ''::text));

CREATE INDEX wecom_tagmark_account_id_a216e6c4 ON public.wecom_tagmark USING btree (account_id);

CREATE INDEX wecom_tagmark_corp_id_38584e39 ON public.wecom_tagmark USING btree (corp_id);

CREATE INDEX wecom_tagmark_home_416defe8 ON public.wecom_tagmark USING btree (home);

CREATE INDEX wecom_tagmark_workspace_id_620fbc80 ON public.wecom_tagmark USING btree (workspace_id);

CREATE INDEX wecom_token_workspace_id_e0d0deeb ON public.wecom_token USING btree (workspace_id);

CREATE INDEX wecom_transfer_corp_id_95ad7859 ON public.wecom_transfer USING btree (corp_id);

CREATE INDEX wecom_transfer_giver_id_fa53d129 ON public.wecom_transfer USING btree (giver_id);

CREATE INDEX wecom_transfer_taker_id_ade91091 ON public.wecom_transfer USING btree (taker_id);

CREATE INDEX wecom_transfers_due ON public.wecom_transfer USING btree (due_at) WHERE ((state)::text = 'open'::text);

CREATE INDEX wecom_transfers_newest ON public.wecom_transfer USING btree (workspace_id, id DESC);

CREATE INDEX workspaces_apikey_created_by_id_6a61495c ON public.workspaces_apikey USING btree (created_by_id);

CREATE INDEX workspaces_apikey_prefix_b3d47423_like ON public.workspaces_apikey USING btree (prefix varchar_pattern_ops);

CREATE INDEX workspaces_apikey_workspace_id_2e82a07d ON public.workspaces_apikey USING btree (workspace_id);

CREATE INDEX workspaces_auditrecord_workspace_id_65fd46b6 ON public.workspaces_auditrecord USING btree (workspace_id);

CREATE INDEX workspaces_department_parent_id_9ecc0c46 ON public.workspaces_department USING btree (parent_id);

CREATE INDEX workspaces_department_workspace_id_71c46ca7 ON public.workspaces_department USING btree (workspace_id);

CREATE INDEX workspaces_idempotentwrite_claimed_at_0d86a1b6 ON public.workspaces_idempotentwrite USING btree (claimed_at);

CREATE INDEX workspaces_idempotentwrite_workspace_id_960f160a ON public.workspaces_idempotentwrite USING btree (workspace_id);

CREATE INDEX workspaces_job_workspace_id_38bd5ec1 ON public.workspaces_job USING btree (workspace_id);

CREATE INDEX workspaces_membership_scope_department_id_e8fb714d ON public.workspaces_membership USING btree (scope_department_id);

CREATE INDEX workspaces_membership_scope_store_id_817cb869 ON public.workspaces_membership USING btree (scope_store_id);

CREATE INDEX workspaces_membership_user_id_96a9ee37 ON public.workspaces_membership USING btree (user_id);

CREATE INDEX workspaces_membership_workspace_id_03c7ef39 ON public.workspaces_membership USING btree (workspace_id);

CREATE INDEX workspaces_recoverycode_user_id_82f83047 ON public.workspaces_recoverycode USING btree (user_id);

CREATE INDEX workspaces_signinattempt_subject_408bcdaf_like ON public.workspaces_signinattempt USING btree (subject varchar_pattern_ops);

CREATE INDEX workspaces_signinattempt_window_ends_at_ff6f5092 ON public.workspaces_signinattempt USING btree (window_ends_at);

CREATE INDEX workspaces_signinsession_expires_at_5cc753cb ON public.workspaces_signinsession USING btree (expires_at);

CREATE INDEX workspaces_signinsession_token_hash_01064bed_like ON public.workspaces_signinsession USING btree (token_hash varchar_pattern_ops);

CREATE INDEX workspaces_signinsession_user_id_4cea0fa0 ON public.workspaces_signinsession USING btree (user_id);

CREATE INDEX workspaces_staff_department_id_5cccaa53 ON public.workspaces_staff USING btree (department_id);

CREATE INDEX workspaces_staff_stores_staff_id_a7ee64e6 ON public.workspaces_staff_stores USING btree (staff_id);

CREATE INDEX workspaces_staff_stores_store_id_0c0bf4d5 ON public.workspaces_staff_stores USING btree (store_id);

CREATE INDEX workspaces_staff_user_id_961502d1 ON public.workspaces_staff USING btree (user_id);

CREATE INDEX workspaces_staff_workspace_id_d511de59 ON public.workspaces_staff USING btree (workspace_id);

CREATE INDEX workspaces_store_department_id_140c4170 ON public.workspaces_store USING btree (department_id);

CREATE INDEX workspaces_store_workspace_id_929ec7b1 ON public.workspaces_store USING btree (workspace_id);

CREATE INDEX workspaces_user_email_b817d139_like ON public.workspaces_user USING btree (email varchar_pattern_ops);

CREATE INDEX workspaces_user_last_workspace_id_6495c815 ON public.workspaces_user USING btree (last_workspace_id);

CREATE INDEX workspaces_workspace_slug_c37054a2_like ON public.workspaces_workspace USING btree (slug varchar_pattern_ops);

CREATE TRIGGER identities_gone AFTER DELETE ON public.customers_identity REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION public.customers_identities_gone();

CREATE TRIGGER identities_moved AFTER UPDATE ON public.customers_identity REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION public.customers_identities_moved();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();

CREATE TRIGGER workspaces_audit_is_append_only BEFORE DELETE OR UPDATE ON public.workspaces_auditrecord FOR EACH ROW EXECUTE FUNCTION public.workspaces_audit_is_append_only();

ALTER TABLE ONLY public.acquisition_accountstanding
    ADD CONSTRAINT acquisition_accounts_staff_id_3d52a037_fk_workspace FOREIGN KEY (staff_id) REFERENCES public.workspaces_staff(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.acquisition_accountstanding
    ADD CONSTRAINT acquisition_accounts_workspace_id_ee29ab70_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.acquisition_channelcost
    ADD CONSTRAINT acquisition_channelc_channel_id_f555a2e9_fk_acquisiti FOREIGN KEY (channel_id) REFERENCES public.acquisition_sourcechannel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.acquisition_channelcost
    ADD CONSTRAINT acquisition_channelc_code_id_3631d077_fk_acquisiti FOREIGN KEY (code_id) REFERENCES public.acquisition_livecode(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.acquisition_channelcost
    ADD CONSTRAINT acquisition_channelc_workspace_id_f2c79fdf_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.acquisition_codefriend
    ADD CONSTRAINT acquisition_codefrie_code_id_ffc7f10f_fk_acquisiti FOREIGN KEY (code_id) REFERENCES public.acquisition_livecode(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.acquisition_codefriend
    ADD CONSTRAINT acquisition_codefrie_workspace_id_ddd44db5_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.acquisition_livecode
    ADD CONSTRAINT acquisition_livecode_channel_id_1f41a368_fk_acquisiti FOREIGN KEY (channel_id) REFERENCES public.acquisition_sourcechannel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.acquisition_livecode
    ADD CONSTRAINT acquisition_livecode_corp_id_aa23ee03_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.acquisition_livecode
    ADD CONSTRAINT acquisition_livecode_workspace_id_38ccf5f2_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.acquisition_sourcechannel
    ADD CONSTRAINT acquisition_sourcech_workspace_id_4b643de0_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_audience
    ADD CONSTRAINT audiences_audience_owner_id_0b1557c7_fk_workspaces_user_id FOREIGN KEY (owner_id) REFERENCES public.workspaces_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_audience
    ADD CONSTRAINT audiences_audience_workspace_id_cc5823b7_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_audiencetimer
    ADD CONSTRAINT audiences_audienceti_audience_id_715830ee_fk_audiences FOREIGN KEY (audience_id) REFERENCES public.audiences_audience(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_audiencetimer
    ADD CONSTRAINT audiences_audienceti_workspace_id_8523dc6f_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_audiencetouch
    ADD CONSTRAINT audiences_audienceto_audience_id_971dceeb_fk_audiences FOREIGN KEY (audience_id) REFERENCES public.audiences_audience(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_audiencetouch
    ADD CONSTRAINT audiences_audienceto_workspace_id_674abe78_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_audienceuse
    ADD CONSTRAINT audiences_audienceus_audience_id_4127297c_fk_audiences FOREIGN KEY (audience_id) REFERENCES public.audiences_audience(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_audienceuse
    ADD CONSTRAINT audiences_audienceus_workspace_id_65dcf023_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_audienceuse
    ADD CONSTRAINT audiences_audienceuse_used_id_1de738d4_fk_audiences_audience_id FOREIGN KEY (used_id) REFERENCES public.audiences_audience(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_listmove
    ADD CONSTRAINT audiences_listmove_audience_id_8c1a529e_fk_audiences FOREIGN KEY (audience_id) REFERENCES public.audiences_audience(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_listmove
    ADD CONSTRAINT audiences_listmove_workspace_id_3672e8f4_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_membershiprun
    ADD CONSTRAINT audiences_membership_workspace_id_7d8f7cd7_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_mergetofollow
    ADD CONSTRAINT audiences_mergetofol_workspace_id_de7fa54f_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_tagrule
    ADD CONSTRAINT audiences_tagrule_audience_id_7b033bfe_fk_audiences_audience_id FOREIGN KEY (audience_id) REFERENCES public.audiences_audience(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_tagrule
    ADD CONSTRAINT audiences_tagrule_owner_id_55e6bb74_fk_workspaces_user_id FOREIGN KEY (owner_id) REFERENCES public.workspaces_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_tagrule
    ADD CONSTRAINT audiences_tagrule_tag_id_1acef31d_fk_tags_tag_id FOREIGN KEY (tag_id) REFERENCES public.tags_tag(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audiences_tagrule
    ADD CONSTRAINT audiences_tagrule_workspace_id_5dcf494a_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_conflict
    ADD CONSTRAINT customers_conflict_first_id_7fd7a0d6_fk_customers_customer_id FOREIGN KEY (first_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_conflict
    ADD CONSTRAINT customers_conflict_second_id_4edcbced_fk_customers_customer_id FOREIGN KEY (second_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_conflict
    ADD CONSTRAINT customers_conflict_workspace_id_81ccd20c_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_consent
    ADD CONSTRAINT customers_consent_customer_id_e5c9af2d_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_consent
    ADD CONSTRAINT customers_consent_workspace_id_a7b8b24e_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_customer
    ADD CONSTRAINT customers_customer_merged_into_id_2994ddb6_fk_customers FOREIGN KEY (merged_into_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_customersettings
    ADD CONSTRAINT customers_customerse_workspace_id_d6fb6286_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_customfield
    ADD CONSTRAINT customers_customfiel_workspace_id_ed91188b_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_dependant
    ADD CONSTRAINT customers_dependant_customer_id_47933d2f_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_dependant
    ADD CONSTRAINT customers_dependant_workspace_id_e47ba7d4_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_erasure
    ADD CONSTRAINT customers_erasure_workspace_id_2a2f2f25_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_group
    ADD CONSTRAINT customers_group_workspace_id_c0186183_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_identitykind
    ADD CONSTRAINT customers_identityki_workspace_id_e3e6fc90_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_merge
    ADD CONSTRAINT customers_merge_loser_id_e72d9c75_fk_customers_customer_id FOREIGN KEY (loser_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_merge
    ADD CONSTRAINT customers_merge_winner_id_c37cc40c_fk_customers_customer_id FOREIGN KEY (winner_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_merge
    ADD CONSTRAINT customers_merge_workspace_id_d6280396_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_override
    ADD CONSTRAINT customers_override_workspace_id_37bb0436_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_relation
    ADD CONSTRAINT customers_relation_customer_id_a45ba18a_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_tombstone
    ADD CONSTRAINT customers_tombstone_workspace_id_bc1339ce_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.events_arrival
    ADD CONSTRAINT events_arrival_workspace_id_7a03f136_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.events_cataloguedproperty
    ADD CONSTRAINT events_cataloguedpro_type_id_612c9f99_fk_events_ca FOREIGN KEY (type_id) REFERENCES public.events_cataloguedtype(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.events_cataloguedproperty
    ADD CONSTRAINT events_cataloguedpro_workspace_id_deef7239_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.events_cataloguedtype
    ADD CONSTRAINT events_cataloguedtyp_workspace_id_51e160de_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.events_listening
    ADD CONSTRAINT events_listening_workspace_id_1d7d3c8d_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_chatcheck
    ADD CONSTRAINT guides_chatcheck_corp_id_5072e4b8_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_chatcheck
    ADD CONSTRAINT guides_chatcheck_workspace_id_9d1e34e9_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_chatday
    ADD CONSTRAINT guides_chatday_workspace_id_0b608a26_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_chathit
    ADD CONSTRAINT guides_chathit_message_id_b5074eb9_fk_wecom_archivedmessage_id FOREIGN KEY (message_id) REFERENCES public.wecom_archivedmessage(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_chathit
    ADD CONSTRAINT guides_chathit_settled_by_id_0ce06930_fk_workspaces_user_id FOREIGN KEY (settled_by_id) REFERENCES public.workspaces_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_chathit
    ADD CONSTRAINT guides_chathit_workspace_id_4d7d1fa3_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_chatrules
    ADD CONSTRAINT guides_chatrules_workspace_id_3b0ff90b_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_chatwait
    ADD CONSTRAINT guides_chatwait_corp_id_bf4faaf8_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_chatwait
    ADD CONSTRAINT guides_chatwait_message_id_d8ff7694_fk_wecom_archivedmessage_id FOREIGN KEY (message_id) REFERENCES public.wecom_archivedmessage(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_chatwait
    ADD CONSTRAINT guides_chatwait_workspace_id_73f44d51_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_goal
    ADD CONSTRAINT guides_goal_workspace_id_a45d1686_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_phrase
    ADD CONSTRAINT guides_phrase_group_id_49fae8c4_fk_guides_phrasegroup_id FOREIGN KEY (group_id) REFERENCES public.guides_phrasegroup(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_phrase
    ADD CONSTRAINT guides_phrase_workspace_id_40fcba5b_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_phrasegroup
    ADD CONSTRAINT guides_phrasegroup_owner_id_cbb456ee_fk_workspaces_user_id FOREIGN KEY (owner_id) REFERENCES public.workspaces_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_phrasegroup
    ADD CONSTRAINT guides_phrasegroup_workspace_id_f0be6811_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guides_sensitiveword
    ADD CONSTRAINT guides_sensitiveword_workspace_id_aaf00d26_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_entering
    ADD CONSTRAINT journeys_entering_journey_id_97679390_fk_journeys_journey_id FOREIGN KEY (journey_id) REFERENCES public.journeys_journey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_entering
    ADD CONSTRAINT journeys_entering_workspace_id_13f0d8c3_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_journey
    ADD CONSTRAINT journeys_journey_owner_id_ee71ffcd_fk_workspaces_user_id FOREIGN KEY (owner_id) REFERENCES public.workspaces_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_journey
    ADD CONSTRAINT journeys_journey_workspace_id_8c8f4395_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_journeyversion
    ADD CONSTRAINT journeys_journeyvers_journey_id_a85186a5_fk_journeys_ FOREIGN KEY (journey_id) REFERENCES public.journeys_journey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_journeyversion
    ADD CONSTRAINT journeys_journeyvers_workspace_id_f5d69af6_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_nodetally
    ADD CONSTRAINT journeys_nodetally_journey_id_5b6955ad_fk_journeys_journey_id FOREIGN KEY (journey_id) REFERENCES public.journeys_journey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_nodetally
    ADD CONSTRAINT journeys_nodetally_version_id_5f855602_fk_journeys_ FOREIGN KEY (version_id) REFERENCES public.journeys_journeyversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_nodetally
    ADD CONSTRAINT journeys_nodetally_workspace_id_6456264b_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_pace
    ADD CONSTRAINT journeys_pace_journey_id_039de45d_fk_journeys_journey_id FOREIGN KEY (journey_id) REFERENCES public.journeys_journey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_pace
    ADD CONSTRAINT journeys_pace_workspace_id_3a463dd6_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_run
    ADD CONSTRAINT journeys_run_journey_id_520e6917_fk_journeys_journey_id FOREIGN KEY (journey_id) REFERENCES public.journeys_journey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_stafftask
    ADD CONSTRAINT journeys_stafftask_journey_id_3b2ceab6_fk_journeys_journey_id FOREIGN KEY (journey_id) REFERENCES public.journeys_journey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_stafftask
    ADD CONSTRAINT journeys_stafftask_workspace_id_d55fbbf3_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_watch
    ADD CONSTRAINT journeys_watch_journey_id_488d4a2d_fk_journeys_journey_id FOREIGN KEY (journey_id) REFERENCES public.journeys_journey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_watch
    ADD CONSTRAINT journeys_watch_workspace_id_dc81b572_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_waytaken
    ADD CONSTRAINT journeys_waytaken_journey_id_6818b08c_fk_journeys_journey_id FOREIGN KEY (journey_id) REFERENCES public.journeys_journey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journeys_waytaken
    ADD CONSTRAINT journeys_waytaken_workspace_id_b186b2a6_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);

ALTER TABLE ONLY public.reach_channelaccount
    ADD CONSTRAINT reach_channelaccount_workspace_id_3c00007c_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_contactpolicy
    ADD CONSTRAINT reach_contactpolicy_workspace_id_da86bc4b_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_linktarget
    ADD CONSTRAINT reach_linktarget_version_id_d9139819_fk_reach_messageversion_id FOREIGN KEY (version_id) REFERENCES public.reach_messageversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_linktarget
    ADD CONSTRAINT reach_linktarget_workspace_id_7f107bb5_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_material
    ADD CONSTRAINT reach_material_workspace_id_393088ea_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_message
    ADD CONSTRAINT reach_message_owner_id_a9dd8101_fk_workspaces_user_id FOREIGN KEY (owner_id) REFERENCES public.workspaces_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_message
    ADD CONSTRAINT reach_message_workspace_id_1e907c54_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_messagelimit
    ADD CONSTRAINT reach_messagelimit_workspace_id_879758c9_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_messageversion
    ADD CONSTRAINT reach_messageversion_message_id_9ca63196_fk_reach_message_id FOREIGN KEY (message_id) REFERENCES public.reach_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_messageversion
    ADD CONSTRAINT reach_messageversion_workspace_id_c7be123d_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_papermessage
    ADD CONSTRAINT reach_papermessage_workspace_id_22423249_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_sending
    ADD CONSTRAINT reach_sending_account_id_7bf3874e_fk_reach_channelaccount_id FOREIGN KEY (account_id) REFERENCES public.reach_channelaccount(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_sending
    ADD CONSTRAINT reach_sending_version_id_57921405_fk_reach_messageversion_id FOREIGN KEY (version_id) REFERENCES public.reach_messageversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_sending
    ADD CONSTRAINT reach_sending_workspace_id_af1d20f6_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reach_suppression
    ADD CONSTRAINT reach_suppression_workspace_id_3927220e_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tags_owntagging
    ADD CONSTRAINT tags_owntagging_tag_id_8f6f4920_fk_tags_tag_id FOREIGN KEY (tag_id) REFERENCES public.tags_tag(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tags_owntagging
    ADD CONSTRAINT tags_owntagging_workspace_id_1bb3d040_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tags_tag
    ADD CONSTRAINT tags_tag_group_id_3e1dfd7a_fk_tags_taggroup_id FOREIGN KEY (group_id) REFERENCES public.tags_taggroup(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tags_tag
    ADD CONSTRAINT tags_tag_merged_into_id_eb8a12bd_fk_tags_tag_id FOREIGN KEY (merged_into_id) REFERENCES public.tags_tag(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tags_tag
    ADD CONSTRAINT tags_tag_owner_id_880fa60e_fk_workspaces_user_id FOREIGN KEY (owner_id) REFERENCES public.workspaces_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tags_tag
    ADD CONSTRAINT tags_tag_workspace_id_b33d89ba_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tags_taggroup
    ADD CONSTRAINT tags_taggroup_owner_id_6ae0340a_fk_workspaces_user_id FOREIGN KEY (owner_id) REFERENCES public.workspaces_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tags_taggroup
    ADD CONSTRAINT tags_taggroup_workspace_id_813b6162_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tracking_badrow
    ADD CONSTRAINT tracking_badrow_import_of_id_d1eb8f6a_fk_tracking_import_id FOREIGN KEY (import_of_id) REFERENCES public.tracking_import(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tracking_badrow
    ADD CONSTRAINT tracking_badrow_workspace_id_f635a986_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tracking_hook
    ADD CONSTRAINT tracking_hook_workspace_id_0618fbaf_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tracking_hookdelivery
    ADD CONSTRAINT tracking_hookdeliver_workspace_id_37b00efb_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tracking_hookdelivery
    ADD CONSTRAINT tracking_hookdelivery_hook_id_7623784f_fk_tracking_hook_id FOREIGN KEY (hook_id) REFERENCES public.tracking_hook(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tracking_import
    ADD CONSTRAINT tracking_import_workspace_id_dc367a09_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tracking_sharedrow
    ADD CONSTRAINT tracking_sharedrow_import_of_id_bd8c3f79_fk_tracking_import_id FOREIGN KEY (import_of_id) REFERENCES public.tracking_import(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tracking_sharedrow
    ADD CONSTRAINT tracking_sharedrow_workspace_id_840caeda_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tracking_site
    ADD CONSTRAINT tracking_site_workspace_id_b9aa4476_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_acquisitionlink
    ADD CONSTRAINT wecom_acquisitionlin_workspace_id_baf162dd_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_acquisitionlink
    ADD CONSTRAINT wecom_acquisitionlink_corp_id_c814e336_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_archivedmessage
    ADD CONSTRAINT wecom_archivedmessag_workspace_id_4e1033fb_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_archivedmessage
    ADD CONSTRAINT wecom_archivedmessage_corp_id_3ef0665a_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_chathandover
    ADD CONSTRAINT wecom_chathandover_chat_id_a6f8b8d1_fk_wecom_groupchat_id FOREIGN KEY (chat_id) REFERENCES public.wecom_groupchat(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_chathandover
    ADD CONSTRAINT wecom_chathandover_transfer_id_3944fe84_fk_wecom_transfer_id FOREIGN KEY (transfer_id) REFERENCES public.wecom_transfer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_chathandover
    ADD CONSTRAINT wecom_chathandover_workspace_id_bad9f5fb_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_chatmember
    ADD CONSTRAINT wecom_chatmember_chat_id_7a089b67_fk_wecom_groupchat_id FOREIGN KEY (chat_id) REFERENCES public.wecom_groupchat(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_contactway
    ADD CONSTRAINT wecom_contactway_corp_id_6dfd4608_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_contactway
    ADD CONSTRAINT wecom_contactway_workspace_id_ed94ca13_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_corp
    ADD CONSTRAINT wecom_corp_workspace_id_8cfe9b8b_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_corptag
    ADD CONSTRAINT wecom_corptag_corp_id_bf217ecf_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_corptag
    ADD CONSTRAINT wecom_corptag_group_id_ac630158_fk_wecom_corptaggroup_id FOREIGN KEY (group_id) REFERENCES public.wecom_corptaggroup(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_corptag
    ADD CONSTRAINT wecom_corptag_tag_id_68e0effe_fk_tags_tag_id FOREIGN KEY (tag_id) REFERENCES public.tags_tag(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_corptag
    ADD CONSTRAINT wecom_corptag_workspace_id_7c1302ad_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_corptaggroup
    ADD CONSTRAINT wecom_corptaggroup_corp_id_700236c2_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_corptaggroup
    ADD CONSTRAINT wecom_corptaggroup_group_id_c0f54d11_fk_tags_taggroup_id FOREIGN KEY (group_id) REFERENCES public.tags_taggroup(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_corptaggroup
    ADD CONSTRAINT wecom_corptaggroup_workspace_id_9e98e138_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_departmentlink
    ADD CONSTRAINT wecom_departmentlink_corp_id_830fe561_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_departmentlink
    ADD CONSTRAINT wecom_departmentlink_department_id_cd456635_fk_workspace FOREIGN KEY (department_id) REFERENCES public.workspaces_department(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_departmentlink
    ADD CONSTRAINT wecom_departmentlink_workspace_id_5befc348_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_failure
    ADD CONSTRAINT wecom_failure_corp_id_d882b212_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_failure
    ADD CONSTRAINT wecom_failure_workspace_id_1bf5cf29_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_gap
    ADD CONSTRAINT wecom_gap_corp_id_10143d3a_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_gap
    ADD CONSTRAINT wecom_gap_run_id_1f163e18_fk_wecom_syncrun_id FOREIGN KEY (run_id) REFERENCES public.wecom_syncrun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_gap
    ADD CONSTRAINT wecom_gap_workspace_id_f4fc66ca_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_groupchat
    ADD CONSTRAINT wecom_groupchat_corp_id_11d22f9f_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_groupchat
    ADD CONSTRAINT wecom_groupchat_group_id_bca0c634_fk_customers_group_id FOREIGN KEY (group_id) REFERENCES public.customers_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_groupchat
    ADD CONSTRAINT wecom_groupchat_workspace_id_c9afe5b6_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_groupsending
    ADD CONSTRAINT wecom_groupsending_workspace_id_b15dfe74_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_handover
    ADD CONSTRAINT wecom_handover_corp_id_f76c3e26_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_handover
    ADD CONSTRAINT wecom_handover_transfer_id_9e206446_fk_wecom_transfer_id FOREIGN KEY (transfer_id) REFERENCES public.wecom_transfer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_handover
    ADD CONSTRAINT wecom_handover_workspace_id_24445a15_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_leaver
    ADD CONSTRAINT wecom_leaver_account_id_f5f41ceb_fk_wecom_staffaccount_id FOREIGN KEY (account_id) REFERENCES public.wecom_staffaccount(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_leaver
    ADD CONSTRAINT wecom_leaver_workspace_id_7519ed83_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_limitchange
    ADD CONSTRAINT wecom_limitchange_workspace_id_d5481888_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_massmember
    ADD CONSTRAINT wecom_massmember_task_id_5c9cdb3d_fk_wecom_masstask_id FOREIGN KEY (task_id) REFERENCES public.wecom_masstask(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_massmember
    ADD CONSTRAINT wecom_massmember_workspace_id_8225e086_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_massrecipient
    ADD CONSTRAINT wecom_massrecipient_task_id_6447ff1a_fk_wecom_masstask_id FOREIGN KEY (task_id) REFERENCES public.wecom_masstask(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_massrecipient
    ADD CONSTRAINT wecom_massrecipient_workspace_id_561fa4b6_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_masstask
    ADD CONSTRAINT wecom_masstask_corp_id_8d7fa93b_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_masstask
    ADD CONSTRAINT wecom_masstask_sending_id_4c2486c6_fk_wecom_groupsending_id FOREIGN KEY (sending_id) REFERENCES public.wecom_groupsending(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_masstask
    ADD CONSTRAINT wecom_masstask_workspace_id_70039eac_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_media
    ADD CONSTRAINT wecom_media_corp_id_9912391f_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_media
    ADD CONSTRAINT wecom_media_workspace_id_c6c10e6a_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_quota
    ADD CONSTRAINT wecom_quota_corp_id_0f151e47_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_quota
    ADD CONSTRAINT wecom_quota_workspace_id_9c97207e_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_staffaccount
    ADD CONSTRAINT wecom_staffaccount_corp_id_cdd29ac8_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_staffaccount
    ADD CONSTRAINT wecom_staffaccount_staff_id_686882cf_fk_workspaces_staff_id FOREIGN KEY (staff_id) REFERENCES public.workspaces_staff(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_staffaccount
    ADD CONSTRAINT wecom_staffaccount_workspace_id_7a78ad9e_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_staffnote
    ADD CONSTRAINT wecom_staffnote_corp_id_6228fef1_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_staffnote
    ADD CONSTRAINT wecom_staffnote_staff_id_2e1ac7c3_fk_workspaces_staff_id FOREIGN KEY (staff_id) REFERENCES public.workspaces_staff(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_staffnote
    ADD CONSTRAINT wecom_staffnote_workspace_id_1ba6434c_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_syncpart
    ADD CONSTRAINT wecom_syncpart_run_id_69edeab0_fk_wecom_syncrun_id FOREIGN KEY (run_id) REFERENCES public.wecom_syncrun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_syncpart
    ADD CONSTRAINT wecom_syncpart_workspace_id_11b6a914_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_syncrun
    ADD CONSTRAINT wecom_syncrun_corp_id_4da669c7_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_syncrun
    ADD CONSTRAINT wecom_syncrun_workspace_id_f97caf0b_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_tagmark
    ADD CONSTRAINT wecom_tagmark_account_id_a216e6c4_fk_wecom_staffaccount_id FOREIGN KEY (account_id) REFERENCES public.wecom_staffaccount(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_tagmark
    ADD CONSTRAINT wecom_tagmark_corp_id_38584e39_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_tagmark
    ADD CONSTRAINT wecom_tagmark_workspace_id_620fbc80_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_token
    ADD CONSTRAINT wecom_token_corp_id_eea68566_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_token
    ADD CONSTRAINT wecom_token_workspace_id_e0d0deeb_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_transfer
    ADD CONSTRAINT wecom_transfer_corp_id_95ad7859_fk_wecom_corp_id FOREIGN KEY (corp_id) REFERENCES public.wecom_corp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_transfer
    ADD CONSTRAINT wecom_transfer_giver_id_fa53d129_fk_wecom_staffaccount_id FOREIGN KEY (giver_id) REFERENCES public.wecom_staffaccount(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_transfer
    ADD CONSTRAINT wecom_transfer_taker_id_ade91091_fk_wecom_staffaccount_id FOREIGN KEY (taker_id) REFERENCES public.wecom_staffaccount(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wecom_transfer
    ADD CONSTRAINT wecom_transfer_workspace_id_918987ce_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_apikey
    ADD CONSTRAINT workspaces_apikey_created_by_id_6a61495c_fk_workspaces_user_id FOREIGN KEY (created_by_id) REFERENCES public.workspaces_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_apikey
    ADD CONSTRAINT workspaces_apikey_workspace_id_2e82a07d_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_audithead
    ADD CONSTRAINT workspaces_audithead_workspace_id_4a363fde_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_auditrecord
    ADD CONSTRAINT workspaces_auditreco_workspace_id_65fd46b6_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_department
    ADD CONSTRAINT workspaces_departmen_parent_id_9ecc0c46_fk_workspace FOREIGN KEY (parent_id) REFERENCES public.workspaces_department(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_department
    ADD CONSTRAINT workspaces_departmen_workspace_id_71c46ca7_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_idempotentwrite
    ADD CONSTRAINT workspaces_idempoten_workspace_id_960f160a_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_job
    ADD CONSTRAINT workspaces_job_workspace_id_38bd5ec1_fk_workspaces_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_membership
    ADD CONSTRAINT workspaces_membershi_scope_department_id_e8fb714d_fk_workspace FOREIGN KEY (scope_department_id) REFERENCES public.workspaces_department(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_membership
    ADD CONSTRAINT workspaces_membershi_scope_store_id_817cb869_fk_workspace FOREIGN KEY (scope_store_id) REFERENCES public.workspaces_store(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_membership
    ADD CONSTRAINT workspaces_membershi_workspace_id_03c7ef39_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_membership
    ADD CONSTRAINT workspaces_membership_user_id_96a9ee37_fk_workspaces_user_id FOREIGN KEY (user_id) REFERENCES public.workspaces_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_recoverycode
    ADD CONSTRAINT workspaces_recoverycode_user_id_82f83047_fk_workspaces_user_id FOREIGN KEY (user_id) REFERENCES public.workspaces_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_signinsession
    ADD CONSTRAINT workspaces_signinsession_user_id_4cea0fa0_fk_workspaces_user_id FOREIGN KEY (user_id) REFERENCES public.workspaces_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_staff
    ADD CONSTRAINT workspaces_staff_department_id_5cccaa53_fk_workspace FOREIGN KEY (department_id) REFERENCES public.workspaces_department(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_staff_stores
    ADD CONSTRAINT workspaces_staff_sto_staff_id_a7ee64e6_fk_workspace FOREIGN KEY (staff_id) REFERENCES public.workspaces_staff(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_staff_stores
    ADD CONSTRAINT workspaces_staff_sto_store_id_0c0bf4d5_fk_workspace FOREIGN KEY (store_id) REFERENCES public.workspaces_store(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_staff
    ADD CONSTRAINT workspaces_staff_user_id_961502d1_fk_workspaces_user_id FOREIGN KEY (user_id) REFERENCES public.workspaces_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_staff
    ADD CONSTRAINT workspaces_staff_workspace_id_d511de59_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_store
    ADD CONSTRAINT workspaces_store_department_id_140c4170_fk_workspace FOREIGN KEY (department_id) REFERENCES public.workspaces_department(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_store
    ADD CONSTRAINT workspaces_store_workspace_id_929ec7b1_fk_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.workspaces_user
    ADD CONSTRAINT workspaces_user_last_workspace_id_6495c815_fk_workspace FOREIGN KEY (last_workspace_id) REFERENCES public.workspaces_workspace(id) DEFERRABLE INITIALLY DEFERRED;

INSERT INTO public.django_migrations (app, name, applied) VALUES
    ('acquisition', '0001_initial', now()),
    ('acquisition', '0001_squashed', now()),
    ('audiences', '0001_initial', now()),
    ('audiences', '0001_squashed', now()),
    ('audiences', '0002_to_cover', now()),
    ('auth', '0001_initial', now()),
    ('auth', '0002_alter_permission_name_max_length', now()),
    ('auth', '0003_alter_user_email_max_length', now()),
    ('auth', '0004_alter_user_username_opts', now()),
    ('auth', '0005_alter_user_last_login_null', now()),
    ('auth', '0006_require_contenttypes_0002', now()),
    ('auth', '0007_alter_validators_add_error_messages', now()),
    ('auth', '0008_alter_user_username_max_length', now()),
    ('auth', '0009_alter_user_last_name_max_length', now()),
    ('auth', '0010_alter_group_name_max_length', now()),
    ('auth', '0011_update_proxy_permissions', now()),
    ('auth', '0012_alter_user_first_name_max_length', now()),
    ('contenttypes', '0001_initial', now()),
    ('contenttypes', '0002_remove_content_type_name', now()),
    ('customers', '0001_initial', now()),
    ('customers', '0001_squashed', now()),
    ('customers', '0002_identity_moves', now()),
    ('events', '0001_initial', now()),
    ('events', '0001_squashed', now()),
    ('events', '0002_spool_storage', now()),
    ('events', '0003_heard', now()),
    ('guides', '0001_initial', now()),
    ('guides', '0001_squashed', now()),
    ('guides', '0002_labels_and_taking', now()),
    ('guides', '0002_phrases_of_files', now()),
    ('guides', '0003_chat_quality', now()),
    ('journeys', '0001_initial', now()),
    ('journeys', '0001_squashed', now()),
    ('journeys', '0002_storage', now()),
    ('journeys', '0003_watch', now()),
    ('journeys', '0004_vacuum_calmly', now()),
    ('procrastinate', '0001_initial', now()),
    ('procrastinate', '0002_drop_started_at_column', now()),
    ('procrastinate', '0003_drop_started_at_column', now()),
    ('procrastinate', '0004_drop_procrastinate_version_table', now()),
    ('procrastinate', '0005_fix_procrastinate_fetch_job', now()),
    ('procrastinate', '0006_fix_trigger_status_events_insert', now()),
    ('procrastinate', '0007_add_queueing_lock_column', now()),
    ('procrastinate', '0008_close_fetch_job_race_condition', now()),
    ('procrastinate', '0009_add_defer_job_function', now()),
    ('procrastinate', '0010_add_procrastinate_periodic_defers', now()),
    ('procrastinate', '0011_add_foreign_key_index', now()),
    ('procrastinate', '0012_add_locks_to_periodic_defer', now()),
    ('procrastinate', '0013_fix_procrastinate_defer_periodic_job', now()),
    ('procrastinate', '0014_add_finish_job_and_retry_job_functions', now()),
    ('procrastinate', '0015_add_trigger_on_job_deletion', now()),
    ('procrastinate', '0016_delete_finished_jobs', now()),
    ('procrastinate', '0017_add_checks_to_finish_job', now()),
    ('procrastinate', '0018_add_checks_to_retry_job', now()),
    ('procrastinate', '0019_fix_finish_job_compat_issue', now()),
    ('procrastinate', '0020_add_index_on_procrastinate_jobs', now()),
    ('procrastinate', '0021_add_kwargs_to_defer_periodic_job', now()),
    ('procrastinate', '0022_null_locks_excluded', now()),
    ('procrastinate', '0023_remove_old_finish_job_function', now()),
    ('procrastinate', '0024_job_id_bigint', now()),
    ('procrastinate', '0025_add_models', now()),
    ('procrastinate', '0026_add_job_priority', now()),
    ('procrastinate', '0027_add_periodic_job_priority', now()),
    ('procrastinate', '0028_add_cancel_states', now()),
    ('procrastinate', '0029_add_additional_params_to_retry_job', now()),
    ('procrastinate', '0030_alter_procrastinateevent_options', now()),
    ('procrastinate', '0031_add_indexes_for_fetch_job', now()),
    ('procrastinate', '0032_pre_cancel_notification', now()),
    ('procrastinate', '0033_post_cancel_notification', now()),
    ('procrastinate', '0034_pre_add_heartbeat', now()),
    ('procrastinate', '0035_post_add_heartbeat', now()),
    ('procrastinate', '0036_add_worker_model', now()),
    ('procrastinate', '0037_pre_batch_defer_jobs', now()),
    ('procrastinate', '0038_post_batch_defer_jobs', now()),
    ('procrastinate', '0039_pre_priority_lock_fetch_job', now()),
    ('procrastinate', '0040_pre_retry_failed_job', now()),
    ('procrastinate', '0041_post_retry_failed_job', now()),
    ('reach', '0001_initial', now()),
    ('reach', '0001_squashed', now()),
    ('reach', '0002_message_limits', now()),
    ('reach', '0002_message_reviews', now()),
    ('reach', '0003_channels', now()),
    ('reach', '0004_suppressions_of_addresses', now()),
    ('reach', '0005_links', now()),
    ('reach', '0006_fewer_indexes', now()),
    ('reach', '0007_paused_with_journey', now()),
    ('reach', '0008_came_to', now()),
    ('reach', '0009_exposures_and_materials', now()),
    ('tags', '0001_initial', now()),
    ('tags', '0001_squashed', now()),
    ('tags', '0002_mirror_version', now()),
    ('tags', '0003_group_owner', now()),
    ('tags', '0004_uncounted_taggings', now()),
    ('tracking', '0001_initial', now()),
    ('tracking', '0001_squashed', now()),
    ('tracking', '0002_sites_and_hooks', now()),
    ('tracking', '0003_shared_rows', now()),
    ('wecom', '0001_initial', now()),
    ('wecom', '0001_squashed', now()),
    ('wecom', '0002_calls_and_callbacks', now()),
    ('wecom', '0002_sendings_to_groups_and_limits', now()),
    ('wecom', '0003_chat_archive', now()),
    ('wecom', '0003_mass_messages', now()),
    ('wecom', '0004_callbacks_unchecked', now()),
    ('wecom', '0004_welcome', now()),
    ('wecom', '0005_sync', now()),
    ('wecom', '0006_welcome_by_the_hour', now()),
    ('wecom', '0007_transfers', now()),
    ('wecom', '0008_groups_moments_and_notes', now()),
    ('wecom', '0009_notes_in_a_language', now()),
    ('workspaces', '0001_initial', now()),
    ('workspaces', '0001_squashed', now()),
    ('workspaces', '0002_audit_is_append_only', now());
