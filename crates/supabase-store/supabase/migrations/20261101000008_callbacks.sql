-- Callbacks: leased like jobs, and fenced by the number of the lease.

create or replace function public.lease_callback(worker text, seconds integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    at timestamptz := clock_timestamp();
    delivery public.callback_deliveries;
begin
    update public.callback_deliveries
    set leases = leases + 1, worker = lease_callback.worker, updated_at = at,
        available_at = at + make_interval(secs => lease_callback.seconds)
    where id = (
        select id from public.callback_deliveries
        where state = 'pending' and available_at <= at
        order by available_at limit 1
        for update skip locked)
    returning * into delivery;
    return case when found then to_jsonb(delivery) end;
end
$$;
comment on function public.lease_callback is
    'The callback that has been due for longest, for so many seconds; null when none is due.';

create or replace function public.note_callback_attempt(
    delivery_id text, lease integer, milliseconds integer, outcome text,
    status integer default null, error text default null, retry_seconds integer default null)
returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    at timestamptz := clock_timestamp();
    delivery public.callback_deliveries;
begin
    select * into delivery from public.callback_deliveries where id = note_callback_attempt.delivery_id for update;
    if not found then
        raise exception using errcode = 'PT404', message = 'no such delivery';
    end if;
    if delivery.noted_lease = lease and delivery.leases = lease then
        return to_jsonb(delivery);
    end if;
    if delivery.state <> 'pending' or delivery.leases <> lease then
        raise exception using errcode = 'PT412', message = 'lease lost';
    end if;
    if outcome is null or outcome not in ('delivered', 'gone', 'failed', 'retry') then
        raise exception using errcode = '22023', message = 'unknown outcome of a callback';
    end if;

    insert into public.callback_attempts (delivery_id, number, made_at, status, error, milliseconds)
    select delivery.id, coalesce(max(number), 0) + 1, at, note_callback_attempt.status,
        note_callback_attempt.error, note_callback_attempt.milliseconds
    from public.callback_attempts where delivery_id = delivery.id;
    update public.callback_deliveries
    set attempts = attempts + 1, noted_lease = lease, worker = null, updated_at = at,
        last_error = note_callback_attempt.error,
        state = case when outcome = 'retry' then 'pending' else outcome end,
        available_at = at + make_interval(secs => coalesce(retry_seconds, 0)),
        finished_at = case when outcome = 'retry' then null else at end
    where id = delivery.id
    returning * into delivery;
    return to_jsonb(delivery);
end
$$;
comment on function public.note_callback_attempt is
    'Notes what became of an attempt, once for each lease: delivered, gone, failed, or retry after so many seconds. PT412 when another lease has the delivery.';

create or replace function public.resend_callback(delivery_id text) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    at timestamptz := clock_timestamp();
    delivery public.callback_deliveries;
begin
    select * into delivery from public.callback_deliveries where id = resend_callback.delivery_id for update;
    if not found then
        return null;
    end if;
    -- One that is being sent is left to whoever sends it.
    if delivery.state <> 'pending' or delivery.worker is null or delivery.available_at <= at then
        update public.callback_deliveries
        set state = 'pending', available_at = at, worker = null, updated_at = at, finished_at = null
        where id = delivery.id
        returning * into delivery;
    end if;
    return to_jsonb(delivery);
end
$$;
comment on function public.resend_callback is
    'Lets a callback be made at once, whatever became of it, as an operator wants it; null when there is none.';

revoke execute on function public.lease_callback, public.note_callback_attempt, public.resend_callback
    from public, anon, authenticated;
grant execute on function public.lease_callback, public.note_callback_attempt, public.resend_callback
    to service_role;
