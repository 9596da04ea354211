\echo Use "CREATE EXTENSION battery" to load this file. \quit
