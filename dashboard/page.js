'use strict';
/*
 * Draws the page from the figures in #data, which bin/battery-dashboard took from the
 * views (sections.sql).  Nothing here computes a figure: what a chart shows is what a view
 * says.  Text from the database becomes text nodes and attributes, never markup.
 */
{
const data = JSON.parse(document.getElementById('data').textContent);
const rows = {};
for (const [name, section] of Object.entries(data))
	rows[name] = section.rows.map(values => Object.fromEntries(section.columns.map((column, i) => [column, values[i]])));
const about = rows.about[0];

/* Elements, text, numbers */

function el(name, attributes, ...children)
{
	const element = document.createElement(name);
	for (const [key, value] of Object.entries(attributes ?? {})) {
		if (value == null || value === false)
			continue;
		if (typeof value === 'function')
			element.addEventListener(key, value);
		else
			element.setAttribute(key, value === true ? '' : value);
	}
	element.append(...children.flat().filter(child => child != null && child !== ''));
	return element;
}

const words = code => code == null ? '' : String(code).replaceAll('_', ' ');
const join = (...parts) => parts.filter(part => part != null && part !== '').join(', ');
const number = (x, digits = 4) => x.toLocaleString('en', {maximumSignificantDigits: Math.max(digits, Math.abs(x) < 1e9 ? Math.ceil(Math.log10(Math.abs(x) + 1)) : 0)});
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const isLastDay = day => new Date(Date.parse(day) + 864e5).toISOString().slice(8, 10) === '01';

// the words for a day that is known to the year, month or day
function dayWords(day, precision)
{
	if (day == null)
		return '';
	const [year, month, date] = day.split('-');
	return precision === 'year' ? year : precision === 'month' ? `${months[month - 1]} ${year}` : `${+date} ${months[month - 1]} ${year}`;
}

function periodWords(first, last)
{
	if (first == null)
		return last == null ? '' : `to ${dayWords(last)}`;
	if (last == null)
		return `from ${dayWords(first)}`;
	if (first === last)
		return dayWords(first);
	if (first.endsWith('-01') && isLastDay(last)) {
		const [y1, m1] = first.split('-'), [y2, m2] = last.split('-');
		if (m1 === '01' && m2 === '12')
			return y1 === y2 ? y1 : `${y1}–${y2}`;
		if (first.slice(0, 7) === last.slice(0, 7))
			return `${months[m1 - 1]} ${y1}`;
		return y1 === y2 ? `${months[m1 - 1]}–${months[m2 - 1]} ${y1}` : `${months[m1 - 1]} ${y1}–${months[m2 - 1]} ${y2}`;
	}
	return `${dayWords(first)} – ${dayWords(last)}`;
}

/*
 * A figure: what a mark, a row of a table and a line of a CSV file have alike
 */

const FIGURE = ['chart', 'series', 'subject', 'period_first', 'period_last', 'measure', 'value', 'low', 'high', 'unit', 'is_exact', 'statement_kind', 'row_kind',
	'publisher', 'edition', 'source', 'locator', 'as_printed', 'note', 'fact_id'];
const lineages = Map.groupBy ? Map.groupBy(rows.lineage, line => line.fact_id) : grouped(rows.lineage, line => line.fact_id);
const sources = grouped(rows.source, source => JSON.stringify([source.publisher, source.edition]));

function grouped(list, key)
{
	const groups = new Map();
	for (const item of list) {
		const of = key(item);
		groups.has(of) ? groups.get(of).push(item) : groups.set(of, [item]);
	}
	return groups;
}

function figure(row, more)
{
	const f = {...row, ...more};
	f.lineage = [f.fact_id, f.older_fact_id].flatMap(id => id == null ? [] : lineages.get(id) ?? []);
	if (f.source == null)
		f.source = f.lineage[0]?.source ?? sources.get(JSON.stringify([f.publisher, f.edition]))?.map(source => source.source).join('; ');
	return f;
}

const isHistory = f => f.statement_kind == null || f.statement_kind === '' || f.statement_kind === 'measured';
const isSure = f => f.is_exact !== false && isHistory(f);
// bounds that differ from the value by more than what a double leaves of a quotient
const differ = (a, b) => Math.abs(a - b) > 1e-12 * Math.max(Math.abs(a), Math.abs(b));
const hasBounds = f => (f.low != null || f.high != null) && (f.value == null || f.low == null || f.high == null || differ(f.low, f.value) || differ(f.high, f.value));

function amountWords(x, unit, digits)
{
	return unit === 'fraction' ? `${number(100 * x, digits)} %` : unit == null ? number(x, digits) : `${number(x, digits)} ${unit}`;
}

function valueWords(f, digits = 4)
{
	const say = x => amountWords(x, f.unit, digits);
	const short = x => f.unit === 'fraction' ? number(100 * x, digits) : number(x, digits);
	const bounds = f.low != null && f.high != null ? `${short(f.low)} to ${say(f.high)}` : f.low != null ? `at least ${say(f.low)}` : f.high != null ? `at most ${say(f.high)}` : null;
	if (f.value == null)
		return bounds ?? (f.missing_reason != null ? words(f.missing_reason) : 'not known');
	return hasBounds(f) ? `${say(f.value)} (${bounds})` : say(f.value);
}

const nameOf = f => join(f.subject, f.measure === f.subject ? null : words(f.measure), periodWords(f.period_first, f.period_last));
const sourceWords = f => join(f.publisher, f.edition === f.publisher ? null : f.edition);
const sentence = f => `${nameOf(f)}: ${valueWords(f)}${isSure(f) ? '' : isHistory(f) ? ', not exact' : `, ${words(f.statement_kind)}`}`;

/*
 * Where a figure is from
 */

const origin = document.getElementById('origin');
const tip = document.getElementById('tip');

// an address from a source is a link where it is one of the web, and else text
const address = (url, text) => /^https?:\/\//i.test(url ?? '') ? el('a', {href: url, rel: 'noopener noreferrer', target: '_blank'}, text) : text;

function definitions(pairs)
{
	return el('dl', {}, pairs.filter(([, value]) => value != null && value !== '').map(([term, value]) => el('div', {}, el('dt', {}, term), el('dd', {}, value))));
}

function lineageOf(line)
{
	return el('section', {class: 'lineage'},
		el('h4', {}, join(line.source_publisher, line.edition)),
		definitions([
			['Report', line.title == null ? null : address(line.url, line.title)],
			['Published', dayWords(line.published, line.published_precision)],
			['Place', line.locator],
			['Figure', words(line.measure)],
			['As printed', line.as_printed == null || line.as_printed === '' ? null : el('q', {}, line.as_printed)],
			['Value', line.value_in_unit == null ? words(line.missing_reason) : `${line.qualifier != null && line.qualifier !== '=' ? line.qualifier + ' ' : ''}${number(line.value_in_unit, 8)} ${line.unit_stated ?? ''}`],
			['Range', line.low_in_unit == null && line.high_in_unit == null ? null : `${line.low_in_unit ?? '…'} to ${line.high_in_unit ?? '…'} ${line.unit_stated ?? ''}`],
			['Conversion', line.conversion],
			['File', line.file_name == null ? null : `${line.file_name}${line.line_number == null ? '' : `, line ${line.line_number}`}`],
			['Loaded', dayWords(line.loaded_on)],
			['SHA-256 of the file', line.file_checksum],
			['Source', line.source],
			['Licence', line.licence],
			['Edition', line.is_latest ? null : 'restated by a later one'],
			['Fact', line.fact_id]]));
}

function showOrigin(f)
{
	const computed = f.from?.length > 0;
	origin.replaceChildren(
		el('form', {method: 'dialog'}, el('button', {class: 'close', 'aria-label': 'Close'}, '×')),
		el('h3', {id: 'origin-title'}, nameOf(f)),
		el('p', {class: 'big'}, valueWords(f, 6)),
		definitions([
			['Name', f.subject_name === f.subject ? null : f.subject_name],
			['Series', f.series],
			['Kind of statement', isHistory(f) ? null : words(f.statement_kind)],
			['Exact as printed', f.is_exact == null ? null : f.is_exact ? 'yes' : 'no'],
			['Source', f.lineage.length > 0 ? null : sourceWords(f)],
			['Note', f.note]]),
		f.how == null ? '' : el('p', {}, f.how),
		f.lineage.length > 0 ? el('div', {}, el('h3', {}, 'Where it is from'), f.lineage.map(lineageOf)) : '',
		computed ? el('div', {}, el('h3', {}, `The ${f.from.length === 1 ? 'figure' : `${f.from.length} figures`} behind it`),
			el('ul', {class: 'from'}, f.from.map(part => el('li', {}, el('button', {type: 'button', click: () => showOrigin(part)}, sentence(part)), ' ', el('small', {}, join(sourceWords(part), part.locator)))))) : '');
	tip.hidden = true;
	if (!origin.open)
		origin.showModal();
	origin.scrollTop = 0;
}
origin.addEventListener('click', event => {
	if (event.target === origin)
		origin.close();
});

function showTip(f, mark)
{
	const box = mark.getBoundingClientRect();
	tip.replaceChildren(el('strong', {}, nameOf(f)), el('span', {}, valueWords(f)), isSure(f) ? '' : el('em', {}, isHistory(f) ? 'not exact' : words(f.statement_kind)),
		f.note == null ? '' : el('span', {}, f.note), el('small', {}, join(sourceWords(f), f.locator) || 'computed'), el('small', {class: 'hint'}, 'click or Enter: where it is from'));
	tip.hidden = false;
	tip.style.left = `${Math.max(8, Math.min(box.left + box.width / 2 - tip.offsetWidth / 2, document.documentElement.clientWidth - tip.offsetWidth - 8))}px`;
	tip.style.top = `${box.top > tip.offsetHeight + 12 ? box.top - tip.offsetHeight - 8 : box.bottom + 8}px`;
}

/*
 * Marks: each knows its figure; one of a chart is in the order of the Tab key, and arrows
 * lead to the others.
 */

const figureOf = new WeakMap();

// of(figures): the option of a mark of Plot whose data are figures
const of = figures => ({
	render(index, scales, values, dimensions, context, next) {
		const group = next(index, scales, values, dimensions, context);
		for (const child of group.children) {
			const f = figures[child.__data__];
			if (f == null)
				continue;
			figureOf.set(child, f);
			child.classList.add('mark');
			child.setAttribute('role', 'img');
			child.setAttribute('aria-label', `${sentence(f)}. ${join(sourceWords(f), f.locator)}`);
			child.setAttribute('tabindex', '-1');
		}
		return group;
	}
});

function markOf(event)
{
	const mark = event.target.closest?.('.mark');
	return mark != null && figureOf.has(mark) ? mark : null;
}

function watch(holder)
{
	const marks = () => [...holder.querySelectorAll('.mark')];

	holder.addEventListener('pointerover', event => {
		const mark = markOf(event);
		mark == null ? tip.hidden = true : showTip(figureOf.get(mark), mark);
	});
	holder.addEventListener('pointerleave', () => tip.hidden = true);
	holder.addEventListener('click', event => {
		const mark = markOf(event);
		if (mark != null)
			showOrigin(figureOf.get(mark));
	});
	holder.addEventListener('focusin', event => {
		const mark = markOf(event);
		if (mark != null && mark.matches(':focus-visible'))
			showTip(figureOf.get(mark), mark);
	});
	holder.addEventListener('focusout', () => tip.hidden = true);
	holder.addEventListener('keydown', event => {
		const mark = markOf(event);
		if (mark == null)
			return;
		if (event.key === 'Enter' || event.key === ' ') {
			event.preventDefault();
			showOrigin(figureOf.get(mark));
			return;
		}
		const all = marks(), at = all.indexOf(mark);
		const to = {ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1}[event.key];
		if (event.key === 'Escape')
			tip.hidden = true;
		if (to == null || all[to] == null)
			return;
		event.preventDefault();
		for (const other of all)
			other.setAttribute('tabindex', '-1');
		all[to].setAttribute('tabindex', '0');
		all[to].focus();
	});
}

/*
 * Tables and CSV
 */

const headings = {period_first: 'period', is_exact: 'exact', statement_kind: 'kind of statement', row_kind: 'row', as_printed: 'as printed', fact_id: 'fact'};

function cell(f, column)
{
	const value = f[column];

	if (column === 'period_first')
		return el('td', {}, periodWords(f.period_first, f.period_last));
	if (column === 'is_exact')
		return el('td', {}, value == null ? '' : value ? 'yes' : 'no');
	if (column === 'subject')
		return el('th', {scope: 'row'}, value == null ? '' : f.lineage.length > 0 || f.from?.length > 0 ? el('button', {type: 'button', click: () => showOrigin(f), title: 'where it is from'}, value) : value);
	if (typeof value === 'number')
		return el('td', {class: 'number', 'data-value': value}, f.unit === 'fraction' ? `${number(100 * value, 6)} %` : number(value, 6));
	if (column === 'unit')
		return el('td', {}, value == null || value === 'fraction' ? '' : value);
	return el('td', {class: String(value ?? '').length > 20 ? 'long' : null}, value == null ? '' : column === 'statement_kind' || column === 'row_kind' || column === 'measure' ? words(value) : String(value));
}

function table(figures, title)
{
	// what all rows have alike stands above them, and who it is about in front
	const isOne = new Set(figures.map(f => f.series)).size === 1;
	const hidden = ['chart', 'subject', 'period_last', 'fact_id', ...(isOne ? ['series'] : [])];
	const columns = ['subject', ...FIGURE.filter(column => !hidden.includes(column) && figures.some(f => f[column] != null && f[column] !== ''))];

	return el('table', {}, el('caption', {}, isOne ? join(title, figures[0].series) : title),
		el('thead', {}, el('tr', {}, columns.map(column => el('th', {scope: 'col'}, headings[column] ?? words(column))))),
		el('tbody', {}, figures.map(f => el('tr', {}, columns.map(column => cell(f, column))))));
}

// A text that a spreadsheet would take for a formula gets an apostrophe in front.
function csvField(value)
{
	let text = value == null ? '' : String(value);
	if (typeof value === 'string' && /^[=+@\t\r]|^-(?![\d.])/.test(text) && text.length > 1)
		text = `'${text}`;
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csv(figures)
{
	return [FIGURE, ...figures.map(f => FIGURE.map(column => f[column]))].map(line => line.map(csvField).join(',') + '\r\n').join('');
}

function download(name, text)
{
	const link = el('a', {href: URL.createObjectURL(new Blob(['\ufeff', text], {type: 'text/csv'})), download: name});
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/*
 * Charts
 */

const drawn = new Map();		// the charts on the page: holder -> how it is drawn
const size = new ResizeObserver(entries => {
	for (const {target} of entries)
		draw(target);
});

function draw(holder)
{
	const how = drawn.get(holder);
	const width = Math.floor(holder.clientWidth);
	if (how == null || width === 0 || how.width === width)
		return;
	how.width = width;
	const svg = how.draw(width);
	svg.setAttribute('role', 'group');
	svg.setAttribute('aria-label', how.title);
	svg.querySelector('.mark')?.setAttribute('tabindex', '0');
	// what is no mark is read from the table
	for (const group of svg.querySelectorAll(':scope > g'))
		if (group.querySelector('.mark') == null)
			group.setAttribute('aria-hidden', 'true');
	holder.replaceChildren(svg);
}

/*
 * chart: a figure element.  draw(width) gives the SVG; where it is null there is nothing
 * to draw, and text says why.
 */
function chart({id, title, text, figures, draw: how, legend, nothing})
{
	for (const f of figures)
		f.chart = title;
	const holder = how == null ? el('p', {class: 'nothing'}, ...[nothing].flat()) : el('div', {class: 'plot'});
	const name = `${id}.csv`;
	if (how != null) {
		drawn.set(holder, {draw: how, title: `${title}. ${text ?? ''} Arrow keys lead from mark to mark; the table below has the same figures.`});
		watch(holder);
		size.observe(holder);
	}
	return el('figure', {id, class: 'chart'},
		el('figcaption', {}, el('h3', {}, title), text == null ? '' : el('p', {}, text)),
		legend == null ? '' : el('ul', {class: 'legend', 'aria-hidden': 'true'}, legend.map(([kind, colour, label]) => el('li', {}, el('span', {class: `key ${kind}`, style: `--colour: ${colour}`}), label))),
		holder,
		figures.length === 0 ? '' : el('details', {class: 'figures'},
			el('summary', {}, `Table of the ${figures.length === 1 ? 'figure' : `${figures.length} figures`}`),
			el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Table: ${title}`}, table(figures, title))),
		figures.length === 0 ? '' : el('button', {type: 'button', class: 'csv', 'data-file': name, click: () => download(name, csv(figures))}, 'CSV', el('span', {class: 'unseen'}, ` of ${title}`)));
}

const pen = document.createElement('canvas').getContext('2d');
pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
const textWidth = text => pen.measureText(text).width;

// labels(list, most): the margin that they need, at most so much, and how each is cut to it
function labelling(list, most)
{
	const margin = Math.min(Math.ceil(Math.max(...list.map(textWidth))) + 14, Math.floor(most));
	return [margin, text => {
		let cut = text;
		while (cut.length > 1 && textWidth(cut) > margin - 12)
			cut = cut.slice(0, cut.endsWith('…') ? -2 : -1) + '…';
		return cut;
	}];
}

// logTick: labels of a logarithmic axis stand at 1, 2 and 5 of each decade, or at 1 alone
function logTick(values, many)
{
	const decades = Math.log10(Math.max(...values) / Math.min(...values));
	return x => {
		const first = Math.round(x / 10 ** Math.floor(Math.log10(x) + 1e-9));
		return first === 1 || decades < (many ? 4 : 2) && (first === 2 || first === 5) ? number(x) : '';
	};
}

const literal = value => ({value, scale: null});		// a colour as it is
const colours = Array.from({length: 10}, (_, i) => `var(--c${i})`);
const paper = 'var(--paper)';
const ink = 'var(--ink)';
const faint = 'var(--faint)';
const accent = 'var(--accent)';

// plot: what all charts have alike
function plot(options)
{
	return Plot.plot({marginTop: 24, marginRight: 16, marginBottom: 44, style: {fontSize: '12px', fontFamily: 'inherit', background: 'none', overflow: 'visible'}, ...options});
}

/*
 * rowChart: a row a figure (or several), a horizontal axis: bars for bounds, marks for values.
 * A bound that is open reaches to the end of the axis, thinner.
 */
function rowChart({width, figures, rows: labels, x, colour = () => accent, symbol = () => d3.symbolCircle, value = f => f.value, text, stem = false, extra = []})
{
	const wide = width > 560;
	const [marginLeft, cut] = labelling(labels, width * 0.42);
	const [from, to] = x.domain;
	const bounded = figures.filter(f => hasBounds(f));
	const closed = bounded.filter(f => f.low != null && f.high != null);
	const open = bounded.filter(f => f.low == null || f.high == null);
	const valued = figures.filter(f => value(f) != null);
	const unknown = figures.filter(f => value(f) == null && f.low == null && f.high == null);
	const clamp = v => Math.max(from, Math.min(to, v));
	return plot({
		width, marginLeft, height: labels.length * 26 + 72, marginRight: 24,
		x: {grid: true, ticks: wide ? 8 : 4, labelArrow: 'none', ...x},
		y: {domain: labels, label: null, tickSize: 0, tickFormat: cut},
		marks: [
			Plot.ruleY(labels, {y: d => d, stroke: faint, strokeOpacity: 0.35}),
			stem ? Plot.ruleY(valued, {y: 'row', x1: from, x2: f => clamp(value(f)), stroke: literal(colour), strokeWidth: 2, strokeOpacity: 0.5}) : null,
			Plot.ruleY(open, {y: 'row', x1: f => clamp(f.low ?? from), x2: f => clamp(f.high ?? to), stroke: literal(colour), strokeWidth: 4, strokeOpacity: 0.45, strokeDasharray: '2,3', ...of(open)}),
			Plot.ruleY(open.filter(f => f.value == null), {y: 'row', x: f => clamp(f.low ?? f.high), stroke: literal(colour)}),
			Plot.tickX(open.filter(f => f.value == null), {y: 'row', x: f => clamp(f.low ?? f.high), stroke: literal(colour), strokeWidth: 2.5, insetTop: 5, insetBottom: 5}),
			Plot.barX(closed, {y: 'row', x1: f => clamp(f.low), x2: f => clamp(f.high), insetTop: 7, insetBottom: 7, fill: literal(colour), fillOpacity: 0.4, stroke: literal(colour), strokeOpacity: 0.9, rx: 2, ...of(closed)}),
			Plot.dot(valued, {y: 'row', x: f => clamp(value(f)), r: 5, symbol: literal(symbol), fill: literal(f => isSure(f) ? colour(f) : paper), stroke: literal(colour), strokeWidth: 2, ...of(valued)}),
			text == null ? null : Plot.text(valued, {y: 'row', x: f => clamp(Math.max(value(f), f.high ?? value(f))), text, dx: 10, textAnchor: 'start', fill: ink}),
			Plot.text(unknown, {y: 'row', x: from, dx: 8, text: f => f.unknown ?? 'not known', textAnchor: 'start', fontStyle: 'italic', fill: 'var(--muted)', ...of(unknown)}),
			...extra
		]
	});
}

/*
 * The sections.  Each has a title, what fills it, and build(filtered): its charts, or null
 * where there is nothing.
 */

const state = {publisher: '', geography: '', metric: '', day: about.as_of ?? about.made_on, choice: {}};

const visible = list => list.filter(row => ['publisher', 'geography', 'metric'].every(key => state[key] === '' || row[key] == null || row[key] === state[key]));

// choose: a select over the groups of a list; gives the chosen group
function choose(id, label, groups)
{
	const names = [...groups.keys()];
	if (!names.includes(state.choice[id]))
		state.choice[id] = names[0];
	const control = names.length < 2 ? null : el('label', {class: 'choice'}, label, ' ', el('select', {id: `choose-${id}`, change: event => {
		state.choice[id] = event.target.value;
		render();
		document.getElementById(`choose-${id}`)?.focus();
	}}, names.map(name => el('option', {value: name, selected: name === state.choice[id]}, name))));
	return [control, groups.get(state.choice[id]), state.choice[id]];
}

const seriesName = row => join(row.price_series, row.output_series == null || row.output_publisher === row.publisher && row.pair == null ? `over ${words(row.output_basis)}` : `over ${row.output_series}`, row.chemistry);
const curveName = row => `${seriesName(row)}: ${row.fit_window}`;
const windows = {default: 'from where the running sum of output is settled', published: 'the years of the source\'s own fit', 'all years': 'all years'};

function learning()
{
	const all = visible(rows.learning_curve);
	if (all.length === 0)
		return null;
	const curves = all.filter(row => row.value != null), others = all.filter(row => row.value == null);
	const without = [...grouped(others.filter(row => !curves.some(curve => curve.price_series === row.price_series)), row => row.price_series).values()].map(([row]) =>
		figure(row, {series: row.price_series, subject: row.price_series, measure: 'no curve', note: row.reason ?? row.note}));
	const list = without.length === 0 ? null : chart({
		id: 'no-curve', title: 'Series of prices without a curve', figures: without, text: 'Why each has none:',
		nothing: without.map(f => el('span', {class: 'reason'}, el('strong', {}, f.subject), ` ${f.note ?? ''}`))
	});
	if (curves.length === 0)
		return [list];
	const [control, [curve], series] = choose('curve', 'Curve', grouped(curves, curveName));
	const points = rows.learning_point.filter(row => seriesName(row) === seriesName(curve) && row.value != null && row.cumulative_gwh != null)
		.map(row => figure(row, {series, subject: periodWords(row.period_first, row.period_last), measure: words(curve.price_or_cost ?? 'price'), within: row.is_used && row.period_first >= curve.first_period && row.period_last <= curve.last_period}));
	const line = rows.learning_line.filter(row => curveName(row) === series);
	const used = points.filter(f => f.within), unused = points.filter(f => !f.within && f.cumulative_gwh > 0 && f.value > 0);
	const plotted = [...unused, ...used];
	const period = {period_first: curve.first_period, period_last: curve.last_period};
	const rate = figure(curve, {series, ...period, subject: 'least squares', measure: 'learning rate', from: used,
		how: `The fall of the price with each doubling of cumulative output: the least-squares line through ${curve.observations} points, with the 95 % interval of independent errors.`});
	const stated = curve.learning_rate_stated_fraction == null ? [] : [figure(curve, {series, ...period, subject: 'as published', measure: 'learning rate', value: curve.learning_rate_stated_fraction, low: null, high: null, edition: curve.stated_edition,
		locator: curve.stated_locator, as_printed: curve.stated_as_printed, fact_id: curve.stated_fact_id, note: null, is_exact: true, is_stated: true, how: 'What the source itself gives for these years.'})];
	const estimates = rows.estimator.filter(row => curveName(row) === series).map(row => figure(row, {series, ...period, measure: 'learning rate',
		publisher: curve.publisher, from: used, how: `${row.method}: over the same years and prices; its 95 % interval holds if its own model is right.`}));
	const spread = [...(estimates.length > 0 ? estimates : [rate]), ...stated];
	const least = Math.min(0, ...spread.map(f => f.low ?? f.value)), most = Math.max(0.3, ...spread.map(f => f.high ?? f.value));
	const unit = points[0]?.unit ?? 'US$/kWh';
	const every = 1 + Math.floor(plotted.length / 8);
	const labelled = [...plotted].sort((a, b) => a.cumulative_gwh - b.cumulative_gwh);
	return [control, el('div', {class: 'pair'},
		chart({
			id: 'learning-curve', title: 'Price against cumulative output', figures: [rate, ...stated, ...points],
			text: `${valueWords({...curve, note: null})} less with each doubling, over ${periodWords(curve.first_period, curve.last_period)} (${windows[curve.fit_window] ?? curve.fit_window}; ${curve.observations} points, R² ${number(curve.r_squared, 3)}). ${curve.note ?? ''}`,
			legend: [['dot', accent, 'in the fit'], ...(unused.length > 0 ? [['cross', 'var(--muted)', 'not in the fit']] : []), ...(points.some(f => !isSure(f)) ? [['ring', accent, 'estimate, or not exact']] : []),
				...(line.length > 0 ? [['line', accent, 'fitted line'], ['band', accent, '95 % band of one further price']] : [])],
			draw: plotted.length === 0 ? null : width => plot({
				width, height: Math.max(300, Math.min(440, width * 0.65)), marginLeft: 52, marginRight: 44,
				x: {type: 'log', label: 'cumulative output, GWh', grid: true, tickFormat: logTick(plotted.map(f => f.cumulative_gwh), width > 500)},
				y: {type: 'log', label: unit, grid: true, tickFormat: logTick(plotted.map(f => f.value), true)},
				marks: [
					Plot.areaY(line, {x: 'cumulative_gwh', y1: 'low', y2: 'high', fill: accent, fillOpacity: 0.14}),
					Plot.line(line.filter(step => step.is_in_sample), {x: 'cumulative_gwh', y: 'fitted', stroke: accent, strokeWidth: 2}),
					Plot.line(line.filter((step, i) => !step.is_in_sample || line[i + 1]?.is_in_sample === false), {x: 'cumulative_gwh', y: 'fitted', stroke: accent, strokeWidth: 2, strokeDasharray: '5,4'}),
					Plot.ruleX(plotted.filter(f => f.low > 0 && f.high > 0 && hasBounds(f)), {x: 'cumulative_gwh', y1: 'low', y2: 'high', stroke: accent, strokeWidth: 3, strokeOpacity: 0.5}),
					Plot.dot(unused, {x: 'cumulative_gwh', y: 'value', symbol: 'times', r: 4, stroke: 'var(--muted)', strokeWidth: 2, ...of(unused)}),
					Plot.dot(used, {x: 'cumulative_gwh', y: 'value', r: 4.5, fill: literal(f => isSure(f) ? accent : paper), stroke: accent, strokeWidth: 2, ...of(used)}),
					Plot.text(labelled, {x: 'cumulative_gwh', y: 'value', text: (f, i) => i === labelled.length - 1 || i % every === 0 && i < labelled.length - every ? f.subject : '', dy: -11, dx: 8, textAnchor: 'start', fill: 'var(--muted)', fontSize: 11})
				]
			}),
			nothing: 'No point of this curve has both a price and a cumulative output.'
		}),
		chart({
			id: 'estimators', title: 'What other estimators say of the same years', figures: spread,
			text: estimates.length === 0 ? 'Other estimators need five years, each with an output of its own: least squares only.'
				: `From ${number(100 * Math.min(...estimates.map(f => f.value)), 3)} to ${number(100 * Math.max(...estimates.map(f => f.value)), 3)} % per doubling. Bars are 95 % intervals, each if its own model is right.`,
			legend: stated.length === 0 ? null : [['dot', accent, 'computed here'], ['diamond', accent, 'as the source publishes it']],
			draw: width => rowChart({
				width, rows: spread.map(f => f.subject), figures: spread.map(f => Object.assign(f, {row: f.subject})), symbol: f => f.is_stated ? d3.symbolDiamond : d3.symbolCircle,
				x: {domain: [least, most], label: 'learning rate per doubling', tickFormat: x => `${number(100 * x, 3)} %`},
				extra: [Plot.ruleX([0], {stroke: ink})]
			})
		})), list];
}

const marketName = row => join(row.publisher, words(row.metric), words(row.basis), row.application, row.geography === 'World' ? null : row.geography, row.scenario);
const setName = row => JSON.stringify([marketName(row), row.period_first, row.period_last]);

function markets()
{
	const all = visible(rows.market);
	if (all.length === 0)
		return null;
	const [control, chosen, series] = choose('market', 'Market', grouped(all, marketName));
	const concentrations = rows.concentration.filter(row => marketName(row) === series && !row.by_parent);
	const sets = grouped(chosen, row => JSON.stringify([row.period_first, row.period_last]));
	const segments = [], labels = [];
	for (const members of sets.values()) {
		const row = periodWords(members[0].period_first, members[0].period_last) || 'no period';
		labels.push(row);
		let at = 0;
		for (const member of members) {
			const f = figure(member, {series, row, x1: at, x2: at + (member.value ?? 0),
				how: member.amount_stated_gwh == null ? null : `${number(member.amount_stated_gwh, 6)} GWh${member.stated_total_gwh == null ? '' : ` of ${number(member.stated_total_gwh, 6)} GWh`}.`});
			at = f.x2;
			segments.push(f);
		}
	}
	const rank = grouped(segments.filter(f => f.row_kind === 'member'), f => f.subject);
	const makers = [...rank.keys()].sort((a, b) => Math.max(...rank.get(b).map(f => f.value ?? 0)) - Math.max(...rank.get(a).map(f => f.value ?? 0)));
	const colour = f => f.row_kind === 'member' ? colours[makers.indexOf(f.subject)] ?? 'var(--c-more)' : 'var(--rest)';
	const shown = segments.filter(f => f.value > 0), bounded = segments.filter(f => hasBounds(f) && f.low != null && f.high != null && differ(f.low, f.high));
	const hhi = concentrations.map(row => figure(row, {series, row: periodWords(row.period_first, row.period_last) || 'no period', subject: 'HHI', measure: `from ${row.computed_from === 'share' ? 'stated shares' : 'amounts'}`,
		from: segments.filter(f => setName(f) === setName(row)),
		how: 'Herfindahl-Hirschman index: the sum of the squared shares in percent. The lower bound takes the rest of the market as many small makers, the upper one as makers no larger than the smallest that is listed.'}));
	const most = Math.max(2500, ...hhi.map(f => f.high ?? f.value ?? 0));
	return [control, el('div', {class: 'pair'},
		chart({
			id: 'shares', title: 'Shares by period', figures: segments,
			text: 'A row is a period as the source reports it; parts of a year stand beside the year and do not add up with it. What no maker is named for is the last, grey part.',
			legend: [...makers.slice(0, 10).map(maker => ['square', colours[makers.indexOf(maker)], maker]), ...(makers.length > 10 ? [['square', 'var(--c-more)', 'more makers']] : []),
				...(segments.some(f => f.row_kind !== 'member') ? [['square', 'var(--rest)', 'the rest']] : []),
				...(shown.some(f => f.row_kind === 'member' && !isSure(f)) ? [['outline', 'var(--muted)', 'estimate, or not exact']] : []), ...(bounded.length > 0 ? [['bar', ink, 'bounds']] : [])],
			draw: shown.length === 0 ? null : width => plot({
				width, height: labels.length * 36 + 72, marginLeft: labelling(labels, width * 0.4)[0], marginRight: 24,
				x: {domain: [0, Math.max(1, ...segments.map(f => f.x2))], label: 'share', labelArrow: 'none', tickFormat: x => `${number(100 * x, 3)} %`, ticks: width > 560 ? 10 : 4, grid: true},
				y: {domain: labels, label: null, tickSize: 0, padding: 0.2},
				marks: [
					Plot.barX(shown, {y: 'row', x1: 'x1', x2: 'x2', fill: literal(colour), fillOpacity: f => isSure(f) ? 1 : f.row_kind === 'member' ? 0.25 : 0.6, stroke: literal(f => isSure(f) || f.row_kind !== 'member' ? paper : colour(f)), strokeWidth: 1.5, inset: 0.75, ...of(shown)}),
					Plot.ruleY(bounded, {y: 'row', x1: f => f.x1 + f.low, x2: f => f.x1 + f.high, stroke: ink, strokeWidth: 2, dy: 9, ...of(bounded)}),
					Plot.text(shown, {y: 'row', x: f => (f.x1 + f.x2) / 2, text: f => (f.x2 - f.x1) * (width - 130) > textWidth(f.subject) + 8 ? f.subject : '', fill: literal(f => f.row_kind === 'member' && isSure(f) ? 'var(--on-colour)' : ink), pointerEvents: 'none'}),
					Plot.ruleX([0], {stroke: ink})
				]
			}),
			nothing: 'No share is stated, and no total from which to compute one: the amounts are in the table.'
		}),
		chart({
			id: 'hhi', title: 'Concentration (HHI)', figures: hhi,
			text: 'A bar spans what the index can be, given that the rest of the market is some makers, not one; a dot is an index that is certain.',
			draw: hhi.length === 0 ? null : width => rowChart({width, rows: labels, figures: hhi.filter(f => labels.includes(f.row)), x: {domain: [0, most], label: 'points, of 10,000'}}),
			nothing: 'No shares from which to compute it.'
		}))];
}

function plantCosts()
{
	const all = visible(rows.plant_cost).filter(row => row.value != null);
	if (all.length === 0)
		return null;
	const plants = rows.expansion.map(row => figure(row, {subject: join(row.maker, row.site), measure: 'cost of capacity'}));
	const publishers = [...new Set(all.map(row => row.publisher))];
	const colour = f => colours[publishers.indexOf(f.publisher)] ?? 'var(--c-more)';
	const isComputed = row => row.origin === 'computed from expansions';
	const figures = (grains, name) => all.filter(grains).map(row => figure(row, {subject: name(row) || 'all', measure: isComputed(row) ? 'computed' : row.grain === 'derived in the report' ? 'average given in the report' : 'as stated', series: join(row.publisher, words(row.metric), row.scenario),
		from: isComputed(row) ? plants.filter(f => f.publisher === row.publisher && f.metric === row.metric && (f.scenario ?? null) === (row.scenario ?? null) && (row.maker == null || f.maker === row.maker) && (row.country == null || f.country === row.country)) : [],
		how: isComputed(row) ? `${number(row.investment_stated_usd / 1e9, 5)} billion US$ over ${number(row.capacity_stated_gwh_per_year, 5)} GWh a year in ${row.plants} plant${row.plants === 1 ? '' : 's'}${row.left_out > 0 ? `; ${row.left_out} left out` : ''}${row.plants > 1 && row.mean_of_plants_usd_per_kwh != null ? `. The unweighted mean of the plants is ${number(row.mean_of_plants_usd_per_kwh, 4)}` : ''}.` : 'As the source states it.'}));
	const makers = figures(row => isComputed(row) ? row.grain === 'maker' : row.maker != null || row.country == null, row => row.maker == null ? 'all makers' : isComputed(row) || row.country == null ? row.maker : `${row.maker} (${row.country_name ?? row.country})`);
	const countries = figures(row => row.grain === 'country' || !isComputed(row) && row.country != null, row => isComputed(row) ? row.country_name ?? row.country : `${row.country_name ?? row.country} (${row.maker ?? 'stated'})`);
	const most = 1.15 * Math.max(...all.map(row => row.high ?? row.value));
	const one = (id, title, list) => chart({
		id, title, figures: list,
		text: 'Investment over annual capacity, each row of one source: sums over sums, not an average of plants. US$/kWh is also million US$ per GWh.',
		legend: [['dot', 'var(--muted)', 'computed from announced plants'], ['diamond', 'var(--muted)', 'as stated'], ...(list.some(f => !isSure(f)) ? [['ring', 'var(--muted)', 'not exact']] : []), ...publishers.map((publisher, i) => ['square', colours[i] ?? 'var(--c-more)', publisher])],
		draw: list.length === 0 ? null : width => rowChart({
			width, figures: list.map(f => Object.assign(f, {row: f.subject})), rows: [...new Set(list.map(f => f.subject))], colour, symbol: f => isComputed(f) ? d3.symbolCircle : d3.symbolDiamond, stem: true,
			x: {domain: [0, most], label: 'US$/kWh of annual capacity'}
		}),
		nothing: 'No figure names one.'
	});
	return [el('div', {class: 'pair'}, one('plant-cost-maker', 'By maker', makers), one('plant-cost-country', 'By country of the plant', countries))];
}

function restatements()
{
	const all = visible(rows.restatement);
	if (all.length === 0)
		return null;
	const figures = all.map(row => figure(row, {
		series: join(row.publisher, words(row.metric), row.material, row.stage_name ?? words(row.stage), row.geography === 'World' ? null : row.geography, row.scenario),
		measure: `${words(row.measure)}: ${row.what_changed}`, unit: row.unit,
		note: join(row.older_value_in_unit == null ? null : `before: ${number(row.older_value_in_unit, 6)} ${row.unit ?? ''} (${row.older_edition})`, row.change_fraction == null ? null : `${row.change_fraction > 0 ? '+' : ''}${number(100 * row.change_fraction, 3)} %`,
			row.older_rank == null || row.newer_rank == null || row.older_rank === row.newer_rank ? null : `rank ${row.older_rank} → ${row.newer_rank}`)}));
	const changed = figures.filter(f => f.change_fraction != null && f.change_fraction !== 0).sort((a, b) => Math.abs(b.change_fraction) - Math.abs(a.change_fraction));
	const shown = changed.slice(0, 24);
	for (const f of shown)
		f.row = join(f.subject, f.material, words(f.measure.split(':')[0]), periodWords(f.period_first, f.period_last));
	const up = f => f.change_fraction > 0 ? 'var(--up)' : 'var(--down)';
	const left = Math.min(0, ...shown.map(f => 1.05 * f.change_fraction)), right = Math.max(0.05, ...shown.map(f => f.change_fraction));
	return [chart({
		id: 'restatements', title: 'What later editions changed', figures,
		text: `${changed.length} figures have another value than in the edition before${changed.length > shown.length ? `; the ${shown.length} largest changes are drawn` : ''}. ${figures.length - changed.length} were added, dropped, withheld or are of another kind: they are in the table.`,
		draw: shown.length === 0 ? null : width => {
			const labels = [...new Set(shown.map(f => f.row))];
			const [marginLeft, cut] = labelling(labels, width * 0.45);
			return plot({
				width, marginLeft, height: labels.length * 24 + 72, marginRight: 64,
				x: {domain: [left, right], label: 'change against the edition before', labelArrow: 'none', tickFormat: x => `${x > 0 ? '+' : ''}${number(100 * x, 3)} %`, ticks: width > 560 ? 8 : 3, grid: true},
				y: {domain: labels, label: null, tickSize: 0, tickFormat: cut},
				marks: [
					Plot.ruleX([0], {stroke: ink}),
					Plot.ruleY(shown, {y: 'row', x1: 0, x2: 'change_fraction', stroke: literal(up), strokeWidth: 3, strokeOpacity: 0.7}),
					Plot.dot(shown, {y: 'row', x: 'change_fraction', r: 5, fill: literal(up), ...of(shown)}),
					Plot.text(shown, {y: 'row', x: f => Math.max(0, f.change_fraction), text: f => `${f.change_fraction > 0 ? '+' : '−'}${number(Math.abs(100 * f.change_fraction), 2)} %`, dx: 10, textAnchor: 'start', fill: ink})
				]
			});
		},
		nothing: 'No figure has another value: what was added or dropped is in the table.'
	})];
}

const statusColour = status => ({'in force': 'var(--in-force)', 'none': 'var(--faint)', 'unknown': 'var(--unknown)', 'suspended': 'var(--suspended)', 'not yet': 'var(--c9)', 'draft': 'var(--c5)', 'conflicting': 'var(--c6)', 'ended': 'var(--rest)'}[status] ?? 'var(--muted)');

function controls()
{
	if (rows.control_status.length === 0 && rows.control_exposure.length === 0)
		return null;
	const holds = row => (row.valid_from == null || row.valid_from <= state.day) && (row.valid_to == null || row.valid_to >= state.day);
	const exposures = rows.control_exposure.filter(holds).map(row => figure(row, {
		series: join(row.share_publisher, words(row.share_metric), words(row.share_basis), row.material, row.share_scenario), publisher: row.share_publisher, edition: row.share_edition,
		subject: join(row.stage_name ?? words(row.stage), row.object == null ? null : words(row.object), row.to_country == null ? null : `to ${row.to_country_name ?? row.to_country}`, row.material), measure: `exposure, ${row.status}`,
		period_first: row.share_period_first, period_last: row.share_period_last,
		how: join(row.controls == null ? null : `Controls: ${row.controls}`, row.items == null ? null : `items: ${row.items}`, row.valid_from == null ? null : `holds ${periodWords(row.valid_from, row.valid_to)}`),
		unknown: row.status === 'none' ? 'none' : 'share not known',
		from: rows.country_share.filter(share => share.stage === row.stage && share.publisher === row.share_publisher && share.country === row.from_country && (row.material == null || share.material === row.material)
			&& (share.period_first ?? null) === (row.share_period_first ?? null)).map(share => figure(share, {subject: share.country_name ?? share.country, measure: `share of ${share.stage_name ?? words(share.stage)}`}))}));
	for (const f of exposures)
		f.row = f.subject;
	const statuses = rows.control_status.map(row => figure(row, {series: row.control, subject: join(row.item, row.object == null ? null : words(row.object)), measure: row.status, period_first: row.valid_from, period_last: row.valid_to,
		source: row.reference, how: join(row.instrument, row.issuer_country == null ? null : `issued by ${row.issuer_country}`, row.target_country == null ? null : `aimed at ${row.target_country}`)}));
	const today = statuses.filter(holds);
	// items of one instrument with the same history are one bar
	const histories = grouped(statuses, f => JSON.stringify([f.control, f.measure, f.valid_from, f.valid_to]));
	const bars = [...histories.values()].map(list => list.length === 1 ? list[0] : {...list[0], subject: `${list.length} items: ${list.map(f => f.subject).join('; ')}`});
	const instruments = grouped(bars, f => f.control);
	const first = statuses.map(f => f.valid_from).filter(day => day != null).sort()[0] ?? state.day;
	const last = [state.day, about.made_on, ...statuses.flatMap(f => [f.valid_from, f.valid_to]).filter(day => day != null)].sort().at(-1);
	const end = new Date(Date.parse(last) + 120 * 864e5), start = new Date(Date.parse(first) - 30 * 864e5);
	const lanes = [];
	for (const [control, list] of [...instruments].sort((a, b) => (a[1][0].valid_from ?? '') < (b[1][0].valid_from ?? '') ? -1 : 1)) {
		const open = [];
		for (const f of list.sort((a, b) => (a.valid_from ?? '') < (b.valid_from ?? '') ? -1 : 1)) {
			let lane = open.findIndex(until => until < (f.valid_from ?? ''));
			if (lane < 0)
				lane = open.length;
			open[lane] = f.valid_to ?? '9999';
			f.row = lane === 0 ? control : `${control} (${lane + 1})`;
			if (!lanes.includes(f.row))
				lanes.push(f.row);
		}
	}
	const states = [...new Set(statuses.map(f => f.measure))];
	const control = el('label', {class: 'choice'}, 'Day ', el('input', {type: 'date', id: 'choose-day', value: state.day, change: event => {
		if (event.target.value !== '') {
			state.day = event.target.value;
			render();
			document.getElementById('choose-day')?.focus();
		}
	}}));
	return [control, el('div', {class: 'pair'},
		chart({
			id: 'exposure', title: `Exposure on ${dayWords(state.day)}`, figures: exposures,
			text: 'The share of a stage of the chain that is made where a control in force reaches it. A bar is what it can be: where sources differ, or whether a control holds is not known.',
			legend: [...new Set(exposures.map(f => f.status))].map(status => ['square', statusColour(status), status]),
			draw: exposures.length === 0 ? null : width => rowChart({
				width, figures: exposures, rows: [...new Set(exposures.map(f => f.row))], colour: f => statusColour(f.status), x: {domain: [0, 1], label: 'share of the stage', tickFormat: x => `${number(100 * x, 3)} %`}
			}),
			nothing: 'Nothing is known of that day.'
		}),
		chart({
			id: 'controls', title: 'Controls and their status', figures: today,
			text: `${today.length} items on ${dayWords(state.day)}: ${[...grouped(today, f => f.measure)].map(([status, list]) => `${list.length} ${status}`).join(', ')}. The vertical line is that day; the table has the items of that day.`,
			legend: states.map(status => ['square', statusColour(status), status]),
			draw: bars.length === 0 ? null : width => plot({
				width, height: lanes.length * 24 + 64, marginLeft: labelling(lanes, width * 0.42)[0], marginRight: 12,
				x: {type: 'utc', domain: [start, end], label: null, grid: true, ticks: width > 560 ? 8 : 4},
				y: {domain: lanes, label: null, tickSize: 0, padding: 0.3, tickFormat: lane => / \(\d+\)$/.test(lane) ? '' : lane},
				marks: [
					Plot.barX(bars, {y: 'row', x1: f => f.valid_from == null ? start : new Date(f.valid_from), x2: f => f.valid_to == null ? end : new Date(Date.parse(f.valid_to) + 864e5), fill: literal(f => statusColour(f.measure)), fillOpacity: f => f.measure === 'unknown' ? 0.45 : 0.9, stroke: paper, rx: 2, ...of(bars)}),
					Plot.ruleX([new Date(state.day)], {stroke: ink, strokeWidth: 2, strokeDasharray: '5,3'})
				]
			}),
			nothing: 'No event of a control is known.'
		}))];
}

function prices()
{
	const all = visible(rows.price);
	if (all.length === 0)
		return null;
	const money = row => join(words(row.scope) || 'price', row.unit, row.money_basis === 'real' ? `in US$ of ${row.base_year}` : words(row.money_basis));
	const groups = new Map([...grouped(all, money)].sort((a, b) => b[1].length - a[1].length));
	const [control, chosen, kind] = choose('money', 'Prices', groups);
	const name = row => join(row.publisher, words(row.metric), words(row.price_or_cost), row.geography === 'World' ? null : row.geography, row.application, row.chemistry, row.scenario);
	const figures = chosen.map(row => figure(row, {series: name(row), subject: row.subject || words(row.metric), measure: words(row.price_or_cost ?? 'price')}));
	const series = [...new Set(figures.map(f => f.series))];
	const colour = f => colours[series.indexOf(f.series)] ?? 'var(--c-more)';
	const middle = f => new Date((Date.parse(f.period_first) + Date.parse(f.period_last)) / 2);
	const timed = figures.filter(f => f.period_first != null && f.period_last != null);
	const shown = timed.filter(f => f.value != null), bounded = timed.filter(f => hasBounds(f) && f.low != null && f.high != null);
	// a line ends where a year is missing
	const lines = [...grouped(shown.filter(f => f.subject === shown.find(g => g.series === f.series).subject), f => f.series).values()].flatMap(list => list.flatMap((f, i) =>
		i > 0 && Date.parse(f.period_first) - Date.parse(list[i - 1].period_last) > 864e5 * 2 ? [{...f, value: NaN}, f] : [f]));
	const untimed = figures.filter(f => !timed.includes(f) && (f.value != null || f.low != null || f.high != null));
	const rest = figures.length - shown.length - bounded.filter(f => f.value == null).length;
	return [control, chart({
		id: 'prices', title: `Prices: ${kind}`, figures,
		text: timed.length === 0 ? 'No figure has a period: a row a figure.' : `A line goes on only where the years do.${rest > 0 ? ` ${rest} figure${rest === 1 ? '' : 's'} without a period or a value: in the table.` : ''}`,
		legend: [...series.slice(0, 10).map((label, i) => ['square', colours[i], label]), ...(shown.some(f => !isSure(f)) ? [['ring', 'var(--muted)', 'estimate, or not exact']] : [])],
		draw: shown.length + bounded.length > 0 ? width => plot({
			width, height: Math.max(280, Math.min(380, width * 0.5)), marginLeft: 52,
			x: {type: 'utc', label: null, ticks: width > 560 ? 10 : 5}, y: {label: figures[0].unit, grid: true, zero: true, labelArrow: 'none'},
			marks: [
				Plot.ruleY([0], {stroke: ink}),
				Plot.line(lines, {x: middle, y: 'value', z: 'series', stroke: literal(colour), strokeWidth: 1.5, strokeOpacity: 0.7}),
				Plot.ruleX(bounded, {x: middle, y1: 'low', y2: 'high', stroke: literal(colour), strokeWidth: 4, strokeOpacity: 0.45, ...of(bounded)}),
				Plot.dot(shown, {x: middle, y: 'value', r: 4, fill: literal(f => isSure(f) ? colour(f) : paper), stroke: literal(colour), strokeWidth: 2, ...of(shown)})
			]
		}) : untimed.length === 0 ? null : width => rowChart({
			width, figures: untimed.map(f => Object.assign(f, {row: f.subject})), rows: [...new Set(untimed.map(f => f.subject))], colour, stem: true,
			x: {domain: [0, 1.1 * Math.max(...untimed.flatMap(f => [f.value, f.low, f.high]).filter(v => v != null))], label: figures[0].unit}
		}),
		nothing: 'No figure here is a number in US$.'
	})];
}

function countries()
{
	const all = visible(rows.country_share);
	if (all.length === 0)
		return null;
	const name = row => join(row.stage_name ?? words(row.stage), row.material, row.chemistry, row.publisher, words(row.metric), words(row.basis), words(row.country_basis), row.application, row.geography === 'World' ? null : row.geography, row.scenario, periodWords(row.period_first, row.period_last));
	const groups = new Map([...grouped(all, name)].sort((a, b) => a[1][0].stage_position - b[1][0].stage_position || b[1].length - a[1].length || (a[1][0].period_first < b[1][0].period_first ? 1 : -1)));
	const [control, chosen, series] = choose('stage', 'Stage', groups);
	const figures = chosen.map(row => figure(row, {series, subject: row.country_name ?? row.country, measure: row.origin === 'computed' ? 'share, of the stated total' : 'share, as stated',
		as_printed: row.origin === 'computed' ? row.as_printed : row.share_as_printed ?? row.as_printed, how: row.amount_stated_in_unit == null ? null : `${number(row.amount_stated_in_unit, 6)} ${row.amount_unit}.`,
		unknown: words(row.missing_reason) || (row.amount_stated_in_unit == null ? 'not known' : `${number(row.amount_stated_in_unit)} ${row.amount_unit}; no total`)}));
	for (const f of figures)
		f.row = f.subject;
	return [control, chart({
		id: 'countries', title: `Countries: ${series}`, figures,
		text: 'Shares as stated, or else the amount over the total that the source states. What is withheld or not known has no mark.',
		legend: [['dot', accent, 'exact'], ['ring', accent, 'estimate, or not exact'], ['bar', accent, 'bounds']],
		draw: width => rowChart({width, figures, rows: [...new Set(figures.map(f => f.row))], stem: true, x: {domain: [0, Math.min(1, 1.1 * Math.max(0.05, ...figures.flatMap(f => [f.value, f.high, f.low])))], label: 'share', tickFormat: x => `${number(100 * x, 3)} %`}}),
		nothing: ''
	})];
}

const kinds = list => list.flatMap((kind, i) => [i === 0 ? '' : i === list.length - 1 ? ' and ' : ', ', el('code', {}, kind)]);
const sections = [
	{id: 'learning', title: 'Learning curves', lead: 'How prices fall as cumulative output grows; both axes are logarithmic.', names: ['learning_curve'], build: learning,
		fills: ['Files of the kinds ', ...kinds(['price', 'capacity']), ' fill it: prices of several years, and the output of the same years (basis output, shipped or installed) of the same publisher, metric and geography.']},
	{id: 'market', title: 'Market shares', lead: 'Who has how much of a market, with the rest of it, and how concentrated it is.', names: ['market'], build: markets,
		fills: ['A file of the kind ', ...kinds(['maker_share']), ' fills it: makers with an amount or a share in a period.']},
	{id: 'plants', title: 'What a GWh of plant costs', lead: 'Announced investment over the capacity that it buys.', names: ['plant_cost'], build: plantCosts,
		fills: ['A file of the kind ', ...kinds(['expansion']), ' fills it: plants with a capacity and an investment; or one of the kind ', ...kinds(['price']), ' with the scope plant_capex.']},
	{id: 'price', title: 'Prices and costs', lead: 'As the sources state them, each in its own money.', names: ['price'], build: prices,
		fills: ['A file of the kind ', ...kinds(['price']), ' fills it.']},
	{id: 'country', title: 'Countries along the chain', lead: 'Where a stage of the supply chain is.', names: ['country_share'], build: countries,
		fills: ['A file of the kind ', ...kinds(['country_share']), ' fills it: countries with an amount or a share at a stage.']},
	{id: 'control', title: 'Trade controls on a day', lead: 'What holds on a day, and how much of the chain it reaches.', names: ['control_status', 'control_exposure'], build: controls,
		fills: ['Files of the kinds ', ...kinds(['control_item', 'control_event', 'country_share']), ' fill it: what is controlled, what happened when, and where a stage is.']},
	{id: 'restatement', title: 'Restatements', lead: 'What a later edition of a report says otherwise than the one before.', names: ['restatement'], build: restatements,
		fills: ['A second edition of a report fills it: the same publisher, series and period from another source.']}
];

function render()
{
	for (const holder of drawn.keys())
		size.unobserve(holder);
	drawn.clear();
	tip.hidden = true;
	const open = new Set([...document.querySelectorAll('figure details[open]')].map(details => details.closest('figure').id));
	document.getElementById('sections').replaceChildren(...sections.map(section => {
		const content = section.build();
		const isEmpty = section.names.every(name => data[name].all === 0);
		return el('section', {id: section.id, class: 'section', 'aria-labelledby': `${section.id}-title`},
			el('h2', {id: `${section.id}-title`}, section.title), el('p', {class: 'lead'}, section.lead),
			content != null ? content : el('p', {class: 'nothing'}, isEmpty ? ['Nothing here yet. ', ...section.fills] : 'No figure of this choice: another publisher, geography or metric has some.'));
	}));
	for (const id of open)
		document.getElementById(id)?.querySelector('details')?.setAttribute('open', '');
	for (const holder of drawn.keys())
		draw(holder);
}

function head()
{
	const figures = Object.values(rows).flat();
	const filter = (key, label) => {
		const names = [...new Set(figures.filter(row => row !== undefined).map(row => row[key]).filter(name => name != null))].sort((a, b) => a.localeCompare(b));
		return el('label', {}, label, ' ', el('select', {id: `filter-${key}`, change: event => {
			state[key] = event.target.value;
			render();
		}}, el('option', {value: ''}, names.length === 0 ? 'none yet' : `all ${names.length}`), names.map(name => el('option', {value: name}, key === 'metric' ? words(name) : name))));
	};
	const latest = rows.source.find(source => source.latest_sets > 0);
	const refused = rows.quarantine;
	const theme = event => {
		const root = document.documentElement;
		const isDark = root.dataset.theme === 'dark' || root.dataset.theme == null && matchMedia('(prefers-color-scheme: dark)').matches;
		root.dataset.theme = isDark ? 'light' : 'dark';
		event.target.setAttribute('aria-pressed', String(!isDark));
	};
	document.title = `${about.database}: battery industry figures`;
	document.getElementById('head').append(
		el('div', {class: 'top'}, el('div', {}, el('h1', {}, 'Battery industry figures'), el('p', {class: 'lead'}, `Database ${about.database}, ${about.as_of == null ? '' : `as known on ${dayWords(about.as_of)}, `}drawn on ${dayWords(about.made_on)}`)),
			el('button', {type: 'button', class: 'theme', click: theme}, 'Light or dark')),
		el('div', {class: 'cards'},
			el('div', {class: 'card', id: 'latest-edition'}, el('span', {}, 'Latest edition'), el('strong', {}, latest == null ? 'none yet' : dayWords(latest.published, latest.published_precision)), el('small', {}, latest == null ? 'no figures are loaded' : join(latest.publisher, latest.edition))),
			el('div', {class: 'card', id: 'editions'}, el('span', {}, 'Editions on file'), el('strong', {}, String(rows.source.length)), el('small', {}, `of ${new Set(rows.source.map(source => source.publisher)).size} publishers`)),
			el('div', {class: refused.length > 0 ? 'card warn' : 'card', id: 'quarantine-count'}, el('span', {}, 'In quarantine'), el('strong', {}, `${refused.length} row${refused.length === 1 ? '' : 's'}`), el('small', {}, refused.length === 0 ? 'every row of every file is in' : 'refused, and in no figure here'))),
		refused.length === 0 ? '' : el('details', {id: 'quarantine'}, el('summary', {}, 'The rows in quarantine, and what is wrong with them'),
			el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Rows in quarantine'}, el('table', {}, el('thead', {}, el('tr', {}, ['source', 'file', 'line', 'column', 'as printed', 'what is wrong', 'what to do'].map(name => el('th', {scope: 'col'}, name)))),
				el('tbody', {}, refused.map(row => el('tr', {}, [row.source, row.file_name, row.line_number, row.column_name, row.as_printed, row.message, row.hint].map(value => el('td', {}, value == null ? '' : String(value))))))))),
		el('nav', {'aria-label': 'Sections'}, sections.map(section => el('a', {href: `#${section.id}`}, section.title))),
		el('div', {class: 'filters', role: 'group', 'aria-label': 'Filters'}, filter('publisher', 'Publisher'), filter('geography', 'Geography'), filter('metric', 'Metric')));
	document.getElementById('foot').append(
		el('p', {}, 'Bars are bounds, hollow marks are estimates or not exact, and where nothing is known there is a gap. A figure is the latest edition of its publisher; publishers are never mixed. Click a mark, or a name in a table, for its source.'),
		el('p', {}, 'Written by battery-dashboard from the views industry.bi_*. Charts by Observable Plot and D3.'));
}

// What is folded away on a screen is printed with the rest.
addEventListener('beforeprint', () => {
	for (const details of document.querySelectorAll('details:not([open])')) {
		details.dataset.closed = '';
		details.open = true;
	}
});
addEventListener('afterprint', () => {
	for (const details of document.querySelectorAll('details[data-closed]')) {
		delete details.dataset.closed;
		details.open = false;
	}
});

head();
render();
}
