-- What language models answered, so that no question is paid for twice.

create or replace function public.keep_model_answer(key text, model text, answer text, tokens bigint) returns void
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
    insert into public.model_answers (key, model, answer, tokens, made_at)
    values (keep_model_answer.key, keep_model_answer.model, keep_model_answer.answer, keep_model_answer.tokens,
        clock_timestamp())
    on conflict (key) do update
    set model = excluded.model, answer = excluded.answer, tokens = excluded.tokens, made_at = excluded.made_at;

    -- A pair of years stays a company's latest for a year, and most ask in the months after the filing.
    delete from public.model_answers
    where key in (
        select key from public.model_answers
        where made_at < clock_timestamp() - interval '180 days'
        order by made_at limit 100
        for update skip locked);
end
$$;
comment on function public.keep_model_answer is
    'Keeps an answer, in the place of an earlier one, and forgets some that are half a year old.';

create or replace function public.model_answer(key text) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object('model', kept.model, 'answer', kept.answer, 'tokens', kept.tokens)
    from public.model_answers as kept where kept.key = model_answer.key
$$;
comment on function public.model_answer is 'The answer that was kept under a key, or null.';

create or replace function public.keep_model_batch(id text, keys jsonb) returns void
language sql security definer set search_path = '' as $$
    insert into public.model_batches (id, keys, created_at)
    select keep_model_batch.id, coalesce(array_agg(question.key order by question.place), '{}'), clock_timestamp()
    from jsonb_array_elements_text(keep_model_batch.keys) with ordinality as question (key, place)
    on conflict (id) do update set keys = excluded.keys
$$;
comment on function public.keep_model_batch is
    'Notes a batch that was sent, so that a restarted worker asks for its answers.';

create or replace function public.forget_model_batch(id text) returns void
language sql security definer set search_path = '' as $$
    delete from public.model_batches as batch where batch.id = forget_model_batch.id
$$;
comment on function public.forget_model_batch is 'Forgets a batch whose answers are all kept.';

create or replace function public.model_batches() returns jsonb
language sql stable security definer set search_path = '' as $$
    select coalesce(jsonb_agg(to_jsonb(batch) order by batch.created_at, batch.id), '[]')
    from public.model_batches as batch
$$;
comment on function public.model_batches is 'The batches that were sent and are not all answered, the oldest first.';

revoke execute on function
    public.keep_model_answer, public.model_answer, public.keep_model_batch, public.forget_model_batch,
    public.model_batches
    from public, anon, authenticated;
grant execute on function
    public.keep_model_answer, public.model_answer, public.keep_model_batch, public.forget_model_batch,
    public.model_batches
    to service_role;
