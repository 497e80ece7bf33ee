using static Orkestra.Comparison.Trying.Stage;

namespace Orkestra.Comparison.Trying;

/// <summary>The twenty mistakes.</summary>
internal static class Mistakes
{
    const string Types = "CustomerOrder.cs";
    const string Process = "OrderProcess.cs";
    const string Shipping = "Shipping.cs";
    const string Functions = "OrderFunctions.cs";
    const string Document = "OrderProcess.asl.json";
    const string Template = "template.yaml";
    const string Stack = "OrderMachineStack.cs";

    static readonly string ShipState = StateOf("OrderProcess.asl.json", "Ship", "Store");
    static readonly string PutAsideState = StateOf("Shipping.asl.json", "PutAside", "Track");

    static Edit NewException { get; } = new(Types, "public sealed class BankUnreachableException", "public sealed class OutOfStockException() : Exception(\"sold out\");\n\npublic sealed class BankUnreachableException");

    static Edit SoldOut { get; } = new(Functions, "Reserve(CustomerOrder order) => order", "Reserve(CustomerOrder order) => order.Lines.Length > 0 ? throw new OutOfStockException() : order");

    static Edit NotWritten { get; } = new(Types, "string? ReservationId = null, string? PaymentId", "[property: JsonIgnore] string? ReservationId = null, string? PaymentId");

    static Edit Renamed { get; } = new(Types, "decimal Total = 0", "decimal Amount = 0");

    static Edit RenamedInFunction { get; } = new(Functions, "with { Total =", "with { Amount =");

    static Edit Label { get; } = new(Types, "OrderLine[] Lines, decimal Total = 0", "OrderLine[] Lines, decimal Total = 0, Stream? Label = null");

    static Edit LabelInFunction { get; } = new(Functions, "with { Total =", "with { Label = new MemoryStream([1]), Total =");

    static Edit Counted { get; } = new(Functions, "Reserve(CustomerOrder order) => order with { ReservationId = $\"R-{order.Id}\" };", "Reserve(CustomerOrder order) => order with { ReservationId = $\"R-{++count}\" };\n\n    static int count;");

    public static IReadOnlyList<Mistake> All { get; } =
    [
        new("Two steps that do not fit are joined: shipping is left out", "small",
            new Edit(Process, "        >> new Shipping().AsStep()\n", ""),
            (Edit[])[new(Document, "\"Next\": \"Ship\"", "\"Next\": \"Store\""), new(Document, ShipState, "")],
            (Edit[])[new(Stack, ".Next(ship).Next(store)", ".Next(store)"), new(Stack, "        ship.AddCatch(refund, all);\n", "")],
            Compiler, Compiler),
        new("A member is misspelled in a condition", "small",
            new Edit(Process, "order.Total > 1000", "order.Totel > 1000"),
            new Edit(Document, "$order.total > 1000", "$order.totel > 1000"),
            new Edit(Stack, "\"$.total\", 1000", "\"$.totel\", 1000"),
            Compiler, Compiler),
        new("A condition compares a text with a number", "large",
            new Edit(Process, "order.Total > 1000", "order.Id > 1000"),
            new Edit(Document, "$order.total > 1000", "$order.id > 1000"),
            new Edit(Stack, "\"$.total\", 1000", "\"$.id\", 1000"),
            Compiler, Compiler),
        new("One kind of delivery has no case", "pickup",
            new Edit(Shipping, "            .Case(PutAside)\n", ""),
            (Edit[])[new("Shipping.asl.json", PutAsideState, ""), new("Shipping.asl.json", ",\n        { \"Condition\": \"{% $states.input.delivery.`$type` = 'pickup' %}\", \"Next\": \"PutAside\" }", "")],
            (Edit[])[new(Stack, "\n            .When(Condition.StringEquals(\"$.delivery['$type']\", \"pickup\"), putAside)", ""), new(Stack, "        putAside.Next(track);\n", "")],
            Run, Run),
        new("A step throws an exception that nothing handles", "small",
            (Edit[])[NewException, new(Process, "Reserve = new(order => order", "Reserve = new(order => order.Lines.Length > 0 ? throw new OutOfStockException() : order")],
            (Edit[])[NewException, SoldOut],
            (Edit[])[NewException, SoldOut],
            Run, Run),
        new("The name of a caught exception is misspelled", "declined",
            new Edit(Process, "Catch<CardDeclinedException>", "Catch<CardDeclinedExeption>"),
            new Edit(Document, "[\"CardDeclinedException\"]", "[\"CardDeclinedExeption\"]"),
            new Edit(Stack, "\"CardDeclinedException\"", "\"CardDeclinedExeption\""),
            Compiler, Compiler),
        new("A retry is for an exception that the step does not throw", "small",
            new Edit(Process, "Retry<BankUnreachableException>", "Retry<FormatException>"),
            new Edit(Document, "[\"BankUnreachableException\"]", "[\"FormatException\"]"),
            new Edit(Stack, "[\"BankUnreachableException\"]", "[\"FormatException\"]"),
            Never, Never),
        new("A general handler hides a special one behind it", "declined",
            new Edit(Process, "            .Catch<CardDeclinedException>((order, error) => new OrderResult(order.Id, false, $\"{error.Message}. {error.Advice}\"))\n            .Catch<OrderRefusedException>((order, error) => new OrderResult(order.Id, false, error.Message))\n",
                "            .Catch<OrderRefusedException>((order, error) => new OrderResult(order.Id, false, error.Message))\n            .Catch<CardDeclinedException>((order, error) => new OrderResult(order.Id, false, $\"{error.Message}. {error.Advice}\"))\n"),
            new Edit(Document, "[\"CardDeclinedException\"]", "[\"States.ALL\"]"),
            new Edit(Stack, "charge.AddCatch(release, all);", "charge.AddCatch(release, all);\n        charge.AddCatch(readCause, new CatchProps { Errors = [\"CardDeclinedException\"], ResultPath = \"$.error\" });"),
            Compiler, Compiler),
        new("The name of the next step is misspelled", "small",
            new Edit(Process, ">> Charge.Retry", ">> Chrage.Retry"),
            new Edit(Document, "\"Next\": \"Charge\"", "\"Next\": \"Chrage\""),
            new Edit(Stack, "reserve.Next(charge)", "reserve.Next(chrage)"),
            Compiler, Compiler),
        new("Two steps have one name", "small",
            (Edit[])[new(Process, "        >> Charge.Retry", "        >> Again.Reserve\n        >> Charge.Retry"), new(Types, "public sealed record OrderLine(", "public static class Again\n{\n    public static readonly Orkestra.Authoring.Step<CustomerOrder, CustomerOrder> Reserve = new(order => order);\n}\n\npublic sealed record OrderLine(")],
            new Edit(Document, "    \"Refund\": {", "    \"Release\": {"),
            new Edit(Stack, "Invoke(\"Refund\"", "Invoke(\"Release\""),
            Impossible, Run),
        new("The permission to publish to the topic is missing", "small",
            Attempt.Not("derived from the document"),
            new Attempt([new(Template, "        - SNSPublishMessagePolicy: { TopicName: !GetAtt Customers.TopicName }\n", "")], Run, "access denied, on AWS only"),
            Attempt.Not("derived from SnsPublish"),
            Run, Run),
        new("A result takes the place of the order", "large",
            new Edit(Process, ".Case(true, Flow.Input<Reviewed>().Select(review => review.Order))", ".Case(true, Flow.Input<Reviewed>().Select(review => review.Decision))"),
            new Edit(Document, "\"Next\": \"IsApproved\"", "\"Assign\": { \"order\": \"{% $states.result %}\" },\n      \"Next\": \"IsApproved\""),
            new Edit(Stack, "            ResultPath = \"$.decision\",\n", ""),
            Compiler, Compiler),
        new("A member of the order does not travel in JSON", "lost", NotWritten, NotWritten, NotWritten, Never, Never),
        new("A member of the order is renamed in C# and nowhere else", "large",
            (Edit[])[Renamed, new(Process, "with { Total = order", "with { Amount = order")],
            (Edit[])[Renamed, RenamedInFunction],
            (Edit[])[Renamed, RenamedInFunction],
            Compiler, Compiler),
        new("The heartbeat is longer than the timeout", "large",
            new Edit(Process, "timeout: TimeSpan.FromDays(3))", "timeout: TimeSpan.FromDays(3), heartbeat: TimeSpan.FromDays(4))"),
            new Edit(Document, "\"TimeoutSeconds\": 259200,", "\"TimeoutSeconds\": 259200,\n      \"HeartbeatSeconds\": 345600,"),
            new Edit(Stack, "TaskTimeout = Timeout.Duration(Duration.Days(3)),", "TaskTimeout = Timeout.Duration(Duration.Days(3)),\n            HeartbeatTimeout = Timeout.Duration(Duration.Days(4)),"),
            Never, Impossible),
        new("The wait for the manager has no timeout", "large",
            new Edit(Process, "WaitForCallback<Decision>(timeout: TimeSpan.FromDays(3))", "WaitForCallback<Decision>()"),
            new Edit(Document, "      \"TimeoutSeconds\": 259200,\n", ""),
            new Edit(Stack, "            TaskTimeout = Timeout.Duration(Duration.Days(3)),\n", ""),
            Never, Never),
        new("A payload cannot be written as JSON", "small",
            (Edit[])[Label, new(Process, "with { Total = order", "with { Label = new MemoryStream([1]), Total = order")],
            (Edit[])[Label, LabelInFunction],
            (Edit[])[Label, LabelInFunction],
            Run, Run),
        new("A step counts in a static field", "small",
            new Edit(Process, "Reserve = new(order => order with { ReservationId = $\"R-{order.Id}\" });", "Reserve = new(order => order with { ReservationId = $\"R-{++count}\" });\n\n    static int count;"),
            Counted, Counted, Never, Never),
        new("The way depends on the clock of the process", "large",
            new Edit(Process, "order.Total > 1000,", "order.Total > (DateTime.Now.Hour < 12 ? 1000 : 2000),"),
            Attempt.Not("an expression is evaluated once, by the service"),
            new Edit(Stack, "\"$.total\", 1000", "\"$.total\", DateTime.Now.Hour < 25 ? 2000 : 1000"),
            Analyzer, Run),
        new("The wrong step with the right types: the reservation is released twice, nothing is refunded", "lost",
            new Edit(Process, ".CompensateWith(Refund)", ".CompensateWith(Release)"),
            new Edit(Document, "\"FunctionName\": \"${Refund}\"", "\"FunctionName\": \"${Release}\""),
            new Edit(Stack, "ship.AddCatch(refund, all)", "ship.AddCatch(release, all)"),
            Never, Never),
    ];

    // The text of a state, up to the next one.
    static string StateOf(string file, string name, string next)
    {
        var text = Sources.Read(Path.Combine("bench", "Orkestra.Comparison", "Asl", file));
        var start = text.IndexOf($"    \"{name}\": {{", StringComparison.Ordinal);
        return text[start..text.IndexOf($"    \"{next}\": {{", StringComparison.Ordinal)];
    }
}
