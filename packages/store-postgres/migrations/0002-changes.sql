-- The parts of a change set. Each takes its rows as parallel arrays, in the order in which they are to be locked, and raises
-- AK001 (a version moved; detail: the id) or AK002 (a claim is taken; detail: the claim in hexadecimal, hint: its owner), so that
-- the one statement which calls them commits whole or not at all.

create function akm.refuse_version(id text) returns void language plpgsql as $$
begin
  raise exception using errcode = 'AK001', message = 'version moved', detail = id;
end
$$;

create function akm.noise(octets integer) returns bytea language sql volatile as $$
  select substr(string_agg(sha256(uuid_send(gen_random_uuid())), ''::bytea), 1, octets)
  from generate_series(0, octets / 32)
$$;

-- A row without a body is a removal of that version.
create function akm.change_keys(
  ids text[], versions bigint[], bodies bytea[], macs bytea[], mac_epochs integer[], due_ats bigint[]
) returns void language plpgsql as $$
declare
  put record;
begin
  for put in
    select * from unnest(ids, versions, bodies, macs, mac_epochs, due_ats)
      as put (id, version, body, mac, mac_epoch, due_at)
  loop
    if put.body is null then
      delete from akm.key k where k.id = put.id and k.version = put.version;
    elsif put.version = 1 then
      insert into akm.key values (put.id, 1, put.body, put.mac, put.mac_epoch, put.due_at)
      on conflict (id) do nothing;
    else
      update akm.key k
      set version = put.version, body = put.body, mac = put.mac, mac_epoch = put.mac_epoch, due_at = put.due_at
      where k.id = put.id and k.version = put.version - 1;
    end if;
    if not found then
      perform akm.refuse_version(put.id);
    end if;
  end loop;
end
$$;

-- Likewise; what was sealed is overwritten before its row goes. The terms come as array literals: rows have different numbers of them.
create function akm.change_objects(
  ids text[], versions bigint[], key_ids text[], bodies bytea[], sealeds bytea[], seal_seqs integer[],
  macs bytea[], mac_epochs integer[], terms text[], initial_dates bigint[]
) returns void language plpgsql as $$
declare
  put record;
begin
  for put in
    select * from unnest(ids, versions, key_ids, bodies, sealeds, seal_seqs, macs, mac_epochs, terms, initial_dates)
      as put (id, version, key_id, body, sealed, seal_seq, mac, mac_epoch, terms, initial_date)
  loop
    if put.body is null then
      update akm.object o set sealed = akm.noise(octet_length(o.sealed))
      where o.id = put.id and o.version = put.version and o.sealed is not null;
      delete from akm.object o where o.id = put.id and o.version = put.version;
    elsif put.version = 1 then
      insert into akm.object values (
        put.id, 1, put.key_id, put.body, put.sealed, put.seal_seq, put.mac, put.mac_epoch,
        put.terms::bigint[], put.initial_date
      )
      on conflict (id) do nothing;
    else
      update akm.object o
      set version = put.version, key_id = put.key_id, body = put.body, sealed = put.sealed, seal_seq = put.seal_seq,
        mac = put.mac, mac_epoch = put.mac_epoch, terms = put.terms::bigint[], initial_date = put.initial_date
      where o.id = put.id and o.version = put.version - 1;
    end if;
    if not found then
      perform akm.refuse_version(put.id);
    end if;
  end loop;
end
$$;

create function akm.free_claims(claims bytea[], owners text[]) returns void language plpgsql as $$
declare
  free record;
begin
  for free in select * from unnest(claims, owners) as free (claim, owner) loop
    delete from akm.claim c where c.claim = free.claim and c.owner = free.owner;
    if not found then
      perform akm.refuse_version(free.owner);
    end if;
  end loop;
end
$$;

create function akm.take_claims(claims bytea[], owners text[]) returns void language plpgsql as $$
declare
  take record;
  holder text;
begin
  for take in select * from unnest(claims, owners) as take (claim, owner) loop
    insert into akm.claim values (take.claim, take.owner) on conflict (claim) do nothing;
    if not found then
      select c.owner into holder from akm.claim c where c.claim = take.claim;
      if holder is null then
        raise exception using errcode = 'serialization_failure', message = 'the claim was freed at this moment';
      end if;
      raise exception using errcode = 'AK002', message = 'claim taken',
        detail = encode(take.claim, 'hex'), hint = holder;
    end if;
  end loop;
end
$$;

create function akm.put_records(
  kinds text[], ids text[], versions bigint[], bodies bytea[], macs bytea[], mac_epochs integer[]
) returns void language plpgsql as $$
declare
  put record;
begin
  for put in
    select * from unnest(kinds, ids, versions, bodies, macs, mac_epochs)
      as put (kind, id, version, body, mac, mac_epoch)
  loop
    if put.version = 1 then
      insert into akm.record values (put.kind, put.id, 1, put.body, put.mac, put.mac_epoch)
      on conflict (kind, id) do nothing;
    else
      update akm.record r
      set version = put.version, body = put.body, mac = put.mac, mac_epoch = put.mac_epoch
      where r.kind = put.kind and r.id = put.id and r.version = put.version - 1;
    end if;
    if not found then
      perform akm.refuse_version(put.id);
    end if;
  end loop;
end
$$;

create function akm.append_audit(ids text[], ats bigint[], bodies bytea[]) returns void language plpgsql as $$
begin
  insert into akm.audit select * from unnest(ids, ats, bodies);
end
$$;
