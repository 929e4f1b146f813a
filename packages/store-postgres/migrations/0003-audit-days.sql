-- Makes the audit partitions of today and the `days` after it. A day whose records lie in the default partition already stays there;
-- a day that another server makes at this moment is made.
create function akm.make_audit_days(days integer) returns void language plpgsql as $$
declare
  day date;
  starts bigint;
begin
  for day in select (now() at time zone 'UTC')::date + n from generate_series(0, days) as n loop
    continue when to_regclass(format('akm.audit_%s', to_char(day, 'YYYYMMDD'))) is not null;
    starts := extract(epoch from day)::bigint * 1000000;
    begin
      execute format(
        'create table akm.audit_%s partition of akm.audit (primary key (id)) for values from (%s) to (%s)',
        to_char(day, 'YYYYMMDD'), starts, starts + 86400000000
      );
    exception
      when duplicate_table or unique_violation or check_violation or invalid_object_definition then null;
    end;
  end loop;
end
$$;
