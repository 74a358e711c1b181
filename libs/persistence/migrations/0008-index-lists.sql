-- What people page through is read in its order, not sorted each time.
create index findings_in_reading_order on finding (severity, first_seen_at desc, id desc);
create index tasks_of_a_target on crawl_task (target_id, run_id);
