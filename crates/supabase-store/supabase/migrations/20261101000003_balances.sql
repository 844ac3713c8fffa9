-- Balances and the ledger: who changes one changes the other, in one transaction.

-- Older functions of this name may return something else, name their arguments otherwise, or let users call them.
do $$
declare
    older record;
begin
    for older in
        select function.oid::regprocedure as signature
        from pg_catalog.pg_proc as function
        where function.pronamespace = 'public'::regnamespace and function.proname = 'increment_tokens'
          and pg_catalog.pg_get_function_identity_arguments(function.oid)
            <> 'user_id uuid, amount integer, description text'
    loop
        execute format('drop function %s', older.signature);
    end loop;
end
$$;

create or replace function report_store.known_user(wanted uuid) returns uuid
language plpgsql set search_path = '' as $$
begin
    -- Held, so that the user is there until whoever asked has written.
    perform from public.profiles where id = wanted for key share;
    if wanted is null or found then
        return wanted;
    end if;
    begin
        insert into public.profiles (id) values (wanted) on conflict (id) do nothing;
        return wanted;
    exception
        -- Tables that were here before may tie profiles to accounts, and this account is gone.
        when integrity_constraint_violation then
            return null;
    end;
end
$$;
comment on function report_store.known_user is
    'The user, with a profile if there was none; null when the user is gone, so that nothing can be owed to them.';

create or replace function report_store.open_balance() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    insert into public.token_transactions (user_id, transaction_type, tokens_amount, description)
    select profile.id, case when missing.tokens > 0 then 'grant' else 'usage' end, missing.tokens, 'Opening balance'
    from public.profiles as profile
    cross join lateral (
        select profile.tokens_remaining - coalesce(sum(line.tokens_amount), 0) as tokens
        from public.token_transactions as line
        where line.user_id = profile.id) as missing
    where profile.id = new.id and missing.tokens <> 0;
    return null;
end
$$;
comment on function report_store.open_balance is
    'Writes the line of the ledger for a profile that was made with tokens, unless whoever made it wrote one.';

-- At the end of the transaction, when all lines are written.
drop trigger if exists open_balance on public.profiles;
create constraint trigger open_balance after insert on public.profiles
    deferrable initially deferred for each row execute function report_store.open_balance();

create or replace function public.increment_tokens(user_id uuid, amount integer, description text default null)
returns integer
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
    owner uuid := report_store.known_user(increment_tokens.user_id);
    balance integer;
begin
    if owner is null then
        raise exception using errcode = 'PT404', message = 'no such user';
    end if;
    update public.profiles set tokens_remaining = tokens_remaining + amount
    where id = owner and tokens_remaining + amount >= 0
    returning tokens_remaining into balance;
    if not found then
        raise exception using errcode = 'PT402', message = 'insufficient_tokens',
            detail = 'the balance would fall below 0';
    end if;
    if amount <> 0 then
        insert into public.token_transactions (user_id, transaction_type, tokens_amount, description)
        values (owner, case when amount > 0 then 'grant' else 'usage' end, amount,
            coalesce(increment_tokens.description, case when amount > 0 then 'Grant' else 'Usage' end));
    end if;
    return balance;
end
$$;
comment on function public.increment_tokens is
    'Gives tokens to a user, or takes them (negative), with a line in the ledger; returns the new balance. PT402 when it would fall below 0. Every call counts: it is not tied to a job.';

create or replace function report_store.take_charge(job public.report_jobs) returns boolean
language plpgsql set search_path = '' as $$
begin
    -- Asked first: a line for a user who is not here may be refused for another reason.
    perform from public.profiles where id = job.user_id for key share;
    if not found then
        raise exception using errcode = 'PT402', message = 'insufficient_tokens', detail = 'the user has no tokens';
    end if;
    insert into public.token_transactions (user_id, job_id, transaction_type, tokens_amount, description)
    values (job.user_id, job.job_id, 'usage', -1, 'Report on ' || job.ticker)
    on conflict (job_id, transaction_type) do nothing;
    if not found then
        return true;    -- paid when a job of this id was here before
    end if;
    update public.profiles set tokens_remaining = tokens_remaining - 1
    where id = job.user_id and tokens_remaining >= 1;
    if not found then
        raise exception using errcode = 'PT402', message = 'insufficient_tokens',
            detail = 'a report costs 1 token';
    end if;
    return true;
end
$$;
comment on function report_store.take_charge is
    'Takes the token for a job from its user, once however often it is asked. PT402 when the balance is short.';

create or replace function report_store.pay_refund(job public.report_jobs, report_id uuid, description text)
returns boolean
language plpgsql set search_path = '' as $$
declare
    owner uuid;
begin
    if job.user_id is null or (job.charge = 'worker' and not job.charged) then
        return false;
    end if;
    owner := report_store.known_user(job.user_id);
    if owner is null then
        return false;
    end if;
    insert into public.token_transactions
        (user_id, job_id, report_id, transaction_type, tokens_amount, description)
    values (owner, job.job_id, pay_refund.report_id, 'refund', 1, coalesce(pay_refund.description, 'Refund'))
    on conflict (job_id, transaction_type) do nothing;
    if found then
        update public.profiles set tokens_remaining = tokens_remaining + 1 where id = owner;
    end if;
    return true;
end
$$;
comment on function report_store.pay_refund is
    'Gives the token for a job back, once however often it is asked; whether the user has it back.';

revoke execute on function report_store.known_user, report_store.open_balance, report_store.take_charge, report_store.pay_refund
    from public, anon, authenticated;
revoke execute on function public.increment_tokens from public, anon, authenticated;
grant execute on function public.increment_tokens to service_role;
