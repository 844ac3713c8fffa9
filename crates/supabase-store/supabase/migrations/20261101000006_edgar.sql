-- The pace at which all workers together ask EDGAR. Every time is the database's.

create or replace function public.take_edgar_slot(interval_microseconds bigint) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
    slot public.api_slots;
    at timestamptz;
    mine timestamptz;
begin
    select * into slot from public.api_slots where name = 'edgar' for update;
    if not found then
        -- Somebody emptied the table; without the row there would be no pace.
        insert into public.api_slots (name, next_slot, blocked_until) values ('edgar', '-infinity', '-infinity')
        on conflict (name) do update set name = excluded.name
        returning * into slot;
    end if;
    at := clock_timestamp();
    -- Nobody stops for longer than a day: a later end was set by a clock that was wrong.
    if slot.blocked_until > at and slot.blocked_until <= at + interval '25 hours' then
        return jsonb_build_object('blocked_until', slot.blocked_until);
    end if;
    -- Every worker holds one reservation at most: a slot further ahead was taken by a clock that was wrong.
    mine := case when slot.next_slot between at and at + interval '1 minute' then slot.next_slot else at end;
    update public.api_slots set next_slot = mine + interval_microseconds * interval '1 microsecond' where name = 'edgar';
    return jsonb_build_object('wait_microseconds', round(extract(epoch from mine - at) * 1000000)::bigint);
end
$$;
comment on function public.take_edgar_slot is
    'Reserves the next moment at which EDGAR may be asked and sets the one after it so much later: how long to wait, or until when nobody asks.';

create or replace function public.block_edgar_until(until timestamptz) returns void
language sql security definer set search_path = '' as $$
    update public.api_slots
    set blocked_until = case when blocked_until > clock_timestamp() + interval '25 hours' then block_edgar_until.until
        else greatest(blocked_until, block_edgar_until.until) end
    where name = 'edgar'
$$;
comment on function public.block_edgar_until is
    'Stops all workers until then, since EDGAR refused a request; an earlier end than was said before changes nothing.';

revoke execute on function public.take_edgar_slot, public.block_edgar_until from public, anon, authenticated;
grant execute on function public.take_edgar_slot, public.block_edgar_until to service_role;
