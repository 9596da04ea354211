INSERT INTO industry.schema_version (version) VALUES (:'industry_version')
ON CONFLICT (version) DO NOTHING;

COMMIT;

\if :on_citus
\if :{?quiet}
\else
DO $$
BEGIN
	RAISE NOTICE 'industry stays on the Citus coordinator: nothing of it was sent to the workers'
		USING HINT = 'Distribute your own large tables; they can be joined with those of industry.';
END
$$;
\endif
\endif
