CREATE SCHEMA industry;
COMMENT ON SCHEMA industry IS 'battery-industry data: tables of cited figures by edition, the loader, and views to read them';
