/**
 * A provider's order as the standard one: what an adapter script does, in plain ES5.1.
 * @provider bench @topic order_dispatch @version 1
 */
function transform(input, context) {
  var order = input.payload;
  var STATUS = { open: 'PAID', cooking: 'IN_PROGRESS', done: 'READY' };

  function money(cents) {
    return Math.round(cents) / 100;
  }
  function text(value) {
    return value === undefined || value === null ? '' : String(value).replace(/\s+/g, ' ').trim();
  }
  function instant(value) {
    var parts = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})$/.exec(value);
    if (!parts) throw new Error('not a time: ' + value);
    return new Date(Date.UTC(+parts[1], parts[2] - 1, +parts[3], +parts[4], +parts[5])).toISOString();
  }
  function option(each) {
    return { plu: each.sku.toUpperCase(), name: text(each.title), price: money(each.price_cents), quantity: each.count || 1 };
  }

  var lines = order.lines.filter(function (line) { return !line.voided; });
  var items = lines.map(function (line) {
    var options = (line.options || []).map(option);
    var extra = options.reduce(function (sum, each) { return sum + each.price * each.quantity; }, 0);
    return {
      plu: line.sku.toUpperCase(),
      name: text(line.title),
      quantity: line.count,
      price: money(line.price_cents),
      subtotal: Math.round((money(line.price_cents) + extra) * line.count * 100) / 100,
      note: text(line.note),
      options: options,
    };
  });
  var by_category = {};
  lines.forEach(function (line) {
    var category = line.category || 'other';
    by_category[category] = (by_category[category] || 0) + line.count;
  });
  var categories = Object.keys(by_category).sort().map(function (name) {
    return { name: name, count: by_category[name] };
  });
  if (!items.length) context.log('an order without lines', order.number);
  return {
    orderRefNo: input.config.prefix + '-' + order.number,
    status: STATUS[order.state] || 'PAID',
    deliveryMethod: order.address ? 'delivery' : 'pickup',
    createdAt: instant(order.created),
    expectedPickupAt: instant(order.wanted),
    customer: {
      name: text(order.customer.first) + ' ' + text(order.customer.last),
      phone: text(order.customer.phone).replace(/[^+\d]/g, ''),
      email: text(order.customer.email).toLowerCase(),
    },
    items: items,
    categories: categories,
    totalPay: Math.round(items.reduce(function (sum, each) { return sum + each.subtotal; }, 0) * 100) / 100,
    tax: money(order.tax_cents),
  };
}
