'use strict';

/** Days are written "2026-02-09", and compare as texts. */

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
  'September', 'October', 'November', 'December'];

const is_day = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** 0 is Sunday. */
const weekday = (day) => new Date(day).getUTCDay();

/** "9 February 2026" of "2026-02-09". */
function date(day) {
  const [year, month, number] = day.split('-').map(Number);
  return `${number} ${MONTHS[month - 1]} ${year}`;
}

function add_days(day, count) {
  const moved = new Date(day);
  moved.setUTCDate(moved.getUTCDate() + count);
  return moved.toISOString().slice(0, 10);
}

module.exports = { DAYS, is_day, weekday, date, add_days };
