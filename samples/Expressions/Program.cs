// The code of the package's readme: JSONata and JSONPath without the rest of Orkestra.
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;
using Orkestra.Expressions.Paths;

var order = JsonValue.Parse("""
    { "id": "A-7", "customer": { "name": "Ada" }, "lines": [
        { "sku": "pen", "price": 2.5, "quantity": 4 },
        { "sku": "ink", "price": 12, "quantity": 1 },
        { "sku": "pad", "price": 3, "quantity": 10 }] }
    """);

// Compile once, evaluate as often as wanted, on as many threads as wanted.
var total = Jsonata.Compile("$sum(lines.(price * quantity))");
Console.WriteLine(total.Evaluate(order));

var summary = Jsonata.Compile("""
    {
      "who": $uppercase(customer.name),
      "dear": lines[price > $limit]^(>price).sku,
      "shipping": $shippingTo("Paris")
    }
    """);
Console.WriteLine(string.Join(", ", summary.Variables));

// Variables and functions of the host.
var bindings = new JsonataBindings { ["limit"] = 2.75 }
    .SetFunction("shippingTo", arguments => arguments[0] == "Paris" ? 9 : 19, "<s:n>");
Console.WriteLine(summary.Evaluate(order, bindings));

// From text to text, or from and to System.Text.Json's JsonElement.
Console.WriteLine(Jsonata.Compile("names[$length($) > 3]").EvaluateJson("""{ "names": ["Al", "Barbara", "Cleo"] }"""));

// Errors carry the reference's code, a position and a sentence; no expression outlives its limits.
try
{
    Jsonata.Compile("($f := function($n) { 1 + $f($n) }; $f(0))").Evaluate(order);
}
catch (JsonataException problem)
{
    Console.WriteLine($"{problem.Code}: {problem.Message}");
}

// JSONPath of RFC 9535 and of Step Functions, and Reference Paths.
Console.WriteLine(JsonPath.Compile("$.lines[?@.price > 2.75].sku", JsonPathDialect.Rfc9535).Evaluate(order));
Console.WriteLine(ReferencePath.Compile("$.customer.city").Set(order, "London")["customer"]);
