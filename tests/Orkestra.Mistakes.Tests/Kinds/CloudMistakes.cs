using static Orkestra.Mistakes.Tests.Stage;

namespace Orkestra.Mistakes.Tests.Kinds;

/// <summary>What runs here and would fail, hang or be refused on AWS; and queries.</summary>
internal static class CloudMistakes
{
    const string hour = "public override TimeSpan? Timeout => TimeSpan.FromHours(1);";
    const string ask = "static readonly Step<Item, Nothing> Ask = new((item, context) => { Console.Error.WriteLine(context.TaskToken); return default; });";
    const string upload = "public sealed record Upload(string Bucket, string Key); ";
    const string up = "static readonly Step<Nothing, Upload> Up = new(_ => new(\"b\", \"k\")); ";

    public static IReadOnlyList<Mistake> All { get; } =
    [
        // Loops and times.
        new("A loop's condition is always true", Compilation, "never ends, because its condition doesn't read the payload", "let it read what 'AddPrice' gives", "Make >> AddPrice.RepeatWhile(item => true)"),
        new("A loop's condition is a field", Compilation, "never ends, because its condition doesn't read the payload", "let it read what 'AddPrice' gives", new("Make >> AddPrice.RepeatUntil(item => done)") { Members = "static readonly bool done = false;" }),
        new("A loop has more rounds than the history", Compilation, "has a limit of 100000 rounds", "choose a lower limit", "Make >> AddPrice.RepeatUntil(item => item.Price > 3, limit: 100000)"),
        new("A poll asks each second for a month", Compilation, "calls every 00:00:01 for up to 30.00:00:00", "choose a longer pause", "Make >> NameOf.PollUntil(text => text.Length > 3, every: TimeSpan.FromSeconds(1), giveUpAfter: TimeSpan.FromDays(30))"),
        new("A poll gives up in the past", Compilation, "gives up after -00:01:00", "choose a longer time", "Make >> NameOf.PollUntil(text => text.Length > 3, every: TimeSpan.FromMinutes(5), giveUpAfter: TimeSpan.FromMinutes(-1))"),
        new("A wait is longer than the workflow", Compilation, "takes 1.00:00:00, but the workflow Mine ends after 01:00:00", "override Timeout", new("Make >> Wait.For(TimeSpan.FromDays(1)) >> Hello") { Members = hour }),
        new("A poll is longer than the workflow", Compilation, "gives up after 1.00:00:00, but the workflow Mine ends after 01:00:00", "choose a shorter time", new("Make >> NameOf.PollUntil(text => text.Length > 3, every: TimeSpan.FromMinutes(5), giveUpAfter: TimeSpan.FromDays(1))") { Members = hour }),
        new("A step with an envelope follows another", Compilation, "Step 'Read' has an Envelope, but its payload comes from step 'Many'", "begin the workflow with 'Read'", new("Many >> Read") { Members = "static readonly Step<Item[], int> Read = new(items => items.Length) { Envelope = Envelope.Sqs };" }),
        new("A key of DynamoDB has no name", Compilation, "a key of DynamoDB is an object with a member for each attribute, and this is string", "new { … }", "Make >> Orkestra.Authoring.Services.DynamoDb.Get<Item, Item>(\"items\", item => item.Name)"),
        new("An item of DynamoDB is an array", Compilation, "an item or a key of DynamoDB is an object", "new { … }", "Many >> Orkestra.Authoring.Services.DynamoDb.Put<Item[]>(\"items\")"),
        new("A callback may take longer than the workflow", Compilation, "waits up to 3.00:00:00, but the workflow Mine ends after 01:00:00", "override Timeout", new("Make >> Ask.WaitForCallback<Item>(TimeSpan.FromDays(3))") { Members = hour + ask }),
        new("A retry has a billion attempts", Compilation, "A retry of 'AddPrice' has 1000000000 attempts", "choose 99999999 or less", "Make >> AddPrice.Retry(1_000_000_000)"),
        new("A number of seconds is a decimal", Compiler, "Wait takes a number of seconds (int) or a TimeSpan, but 'item.Price' is decimal", "write '(int)item.Price'", "Make.Wait(item => item.Price) >> Hello"),
        new("A moment may be null", Compiler, "WaitUntil takes a DateTimeOffset, but 'order.At' is DateTimeOffset?", "'order.At ?? …'", new("Make >> Check.WaitUntil(order => order.At) >> Hello") { Types = "public record Order(DateTimeOffset? At);", Members = "static readonly Step<Item, Order> Check = new(_ => new((DateTimeOffset?)null));" }),
        new("A moment is waited for as a duration", Compiler, "but 'item.At' is DateTimeOffset", "use '.WaitUntil(…)' for a moment", "Make.Wait(item => item.At) >> Hello"),
        new("A switch over flags has every case", Analyzer, "The cases of a switch over Bits can't cover everything", "add .Default(…)", new("Make >> Check.Switch(bits => bits).Case(Bits.None, Hello).Case(Bits.Read, Hello).Case(Bits.Write, Hello)") { Types = "[Flags] public enum Bits { None = 0, Read = 1, Write = 2 }", Members = "static readonly Step<Item, Bits> Check = new(_ => Bits.Read | Bits.Write);" }),

        // Callbacks.
        new("A callback's step ignores its context", Analyzer, "The step 'Mail' never reads TaskToken of its context", "send the token, as in", new("Make >> Mail.WaitForCallback<Item>(TimeSpan.FromDays(1))") { Members = "static readonly Step<Item, Nothing> Mail = new((item, _) => default);" }),
        new("A callback's step reads only other things of its context", Analyzer, "The step 'Mail' never reads TaskToken of its context", "send the token, as in", new("Make >> Mail.WaitForCallback<Item>()") { Members = "static readonly Step<Item, Nothing> Mail = new(async (item, context) => await Task.Delay(1, context.CancellationToken));" }),
        new("A callback's time is not whole seconds", Compilation, "The time to wait for the callback of 'Ask' is 00:00:01.5", "whole number of seconds", new("Make >> Ask.WaitForCallback<Item>(TimeSpan.FromSeconds(1.5))") { Members = ask }),
        new("The reply to a callback has no JSON form", Compilation, "The reply to 'Ask' is Func<int>", "pass data between steps", new("Make >> Ask.WaitForCallback<Func<int>>(TimeSpan.FromDays(1)).As<object?>()") { Members = ask }),

        // Names.
        new("A workflow's name has a space", Compilation, "has the character ' '", "use letters, digits, '-' and '_' in Name", new("Make >> AddPrice") { Members = "public override string Name => \"price import\";" }),
        new("A workflow's name is too long", Compilation, "has a name of 90 characters", "override Name with a shorter one", new("Make >> AddPrice") { Members = "public override string Name => new('a', 90);" }),
        new("A workflow's name is empty", Compilation, "The workflow Mine has no name", "let Name give one", new("Make >> AddPrice") { Members = "public override string Name => \"\";" }),
        new("A step's name is not in the letters of a function's", Compilation, "'ü'", "letters A to Z", new("Make >> Prüfen") { Members = "static readonly Step<Item, Item> Prüfen = new(item => item);" }),

        // Services.
        Service("A token is not handed out", Compilation, "its arguments don't include the token", "Add the token to what sqs:sendMessage.waitForTaskToken sends", "Aws.Callback<Item, Item>(\"sqs:sendMessage\", (item, token) => new { QueueUrl = \"https://sqs.eu-west-1.amazonaws.com/1/q\", MessageBody = item.Name })"),
        Service("A topic's name stands for its ARN", Compilation, "The argument TopicArn of 'Publish' is 'orders'", "write the whole ARN", "Sns.Publish<Item>(\"orders\")"),
        Service("A placeholder does not end", Compilation, "whose placeholder has no end", "write '${Orders}'", "Sqs.Send<Item>(\"${Orders\")"),
        Service("The answer of a service is declared as a text", Compilation, "declared to give string, but sqs:sendMessage answers an object", "declare a record", "Aws.Step<Item, string>(\"sqs:sendMessage\", item => new { QueueUrl = \"${Orders}\", MessageBody = item.Name })"),
        Service("A value of an update is missing", Compilation, "use ':price', for which no value is given", "add the member price to the values", "DynamoDb.Update<Item, Item>(\"orders\", item => new { item.Name }, \"SET price = :price\")"),
        Service("A value of an update is misspelt", Compilation, "(there is :prize)", "add the member price to the values", "DynamoDb.Update<Item, Item>(\"orders\", item => new { item.Name }, \"SET price = :price\", item => new { prize = item.Price })"),
        Service("A value of an update is not used", Compilation, "gives the value ':stock', which none of its expressions uses", "remove it, or use it", "DynamoDb.Update<Item, Item>(\"orders\", item => new { item.Name }, \"SET price = :price\", item => new { price = item.Price, stock = 1 })"),
        Service("A name of an update is missing", Compilation, "use '#price', for which no name is given", "[\"#price\"] = \"…\"", "DynamoDb.Update<Item, Item>(\"orders\", item => new { item.Name }, \"SET #price = :price\", item => new { price = item.Price })"),
        Service("An HTTP method is not known", Compilation, "The argument Method of 'Invoke' is 'FETCH'", "use GET, POST", "HttpEndpoint.Call<Item, Item>(\"FETCH\", item => \"https://example.com\", \"${Connection}\")"),
        Service("An endpoint is not a URL", Compilation, "The argument ApiEndpoint of 'Invoke' is 'example.com'", "write the whole URL", "HttpEndpoint.Call<Item, Item>(\"GET\", item => \"example.com\", \"${Connection}\")"),

        Service("A number stands where a service takes a text", Compilation, "The argument MessageGroupId of 'SendMessage' is an expression of type int, but sqs:sendMessage takes a text there", "add .ToString()", "Aws.Step<Item, Item>(\"sqs:sendMessage\", item => new { QueueUrl = \"${Orders}\", MessageBody = item.Name, MessageGroupId = item.Name.Length })"),
        Service("A text stands where a service takes a number", Compilation, "The argument DelaySeconds of 'SendMessage' is the text '5', but sqs:sendMessage takes a number there", "write it without quotes", "Aws.Step<Item, Item>(\"sqs:sendMessage\", item => new { QueueUrl = \"${Orders}\", MessageBody = item.Name, DelaySeconds = \"5\" })"),
        Service("One thing stands where a service takes a list", Compilation, "The argument Entries of 'PutEvents' is an object, but events:putEvents takes a list there", "write new[] { … }", "Aws.Step<Item, Item>(\"events:putEvents\", item => new { Entries = new { Source = \"shop\", DetailType = \"Made\", Detail = item } })"),
        Service("A member inside the arguments is misspelt", Compilation, "'PutEvents' gives events:putEvents the member 'Entries[0].DetailTyp', which it doesn't take", "Did you mean 'DetailType'?", "Aws.Step<Item, Item>(\"events:putEvents\", item => new { Entries = new[] { new { Source = \"shop\", DetailTyp = \"Made\", Detail = item } } })"),
        Service("A member inside the arguments is missing", Compilation, "'PutEvents' does not give events:putEvents the required member 'Entries[0].Source'", "Add it to the arguments", "Aws.Step<Item, Item>(\"events:putEvents\", item => new { Entries = new[] { new { DetailType = \"Made\", Detail = item } } })"),
        Service("An attribute of DynamoDB is a bare value", Compilation, "The argument Item.Name of 'PutItem' is an expression of type string, but dynamodb:putItem takes an object with S, N, B, SS, NS, … there", "write DynamoDb.ToAttribute(…)", "Aws.Step<Item, object?>(\"dynamodb:putItem\", item => new { TableName = \"orders\", Item = new { item.Name } })"),
        Service("The number of an attribute is a number", Compilation, "The argument Key.Id.N of 'GetItem' is the number 5, but dynamodb:getItem takes a text there", "write \"5\"", "Aws.Step<Item, object?>(\"dynamodb:getItem\", item => new { TableName = \"orders\", Key = new { Id = new { N = 5 } } })"),
        Service("A value of an enumeration doesn't exist", Compilation, "The argument ReturnValues of 'PutItem' is 'ALL_NEW'", "dynamodb:putItem takes NONE, ALL_OLD there", "Aws.Step<Item, object?>(\"dynamodb:putItem\", item => new { TableName = \"orders\", Item = new { Name = new { S = item.Name } }, ReturnValues = \"ALL_NEW\" })"),
        Service("A queue's URL stands for the name of the state", Compilation, "'https://sqs.eu-west-1.amazonaws.com/1/q' is given as the name of a state", "leave out the name", "Sqs.Send<Item>(\"Notify\", \"https://sqs.eu-west-1.amazonaws.com/1/q\")"),
        Service("A queue's ARN stands for its URL", Compilation, "The argument QueueUrl of 'SendMessage' is 'arn:aws:sqs:eu-west-1:1:orders', but SQS takes the queue's URL", "such as '${Orders}'", "Sqs.Send<Item>(\"arn:aws:sqs:eu-west-1:1:orders\")"),
        Service("A message for a FIFO queue has no group", Compilation, "'SendMessage' sends to a FIFO queue without a message group", "give the group", "Sqs.Send<Item>(\"https://sqs.eu-west-1.amazonaws.com/1/orders.fifo\")"),
        Service("A message is delayed by an hour", Compilation, "The argument DelaySeconds of 'SendMessage' is 3600", "put Flow.Wait<T>(…) before 'SendMessage'", "Aws.Step<Item, Item>(\"sqs:sendMessage\", item => new { QueueUrl = \"${Orders}\", MessageBody = item.Name, DelaySeconds = 3600 })"),
        Service("A published message has no target", Compilation, "'Publish' does not give sns:publish a target", "add TopicArn, TargetArn or PhoneNumber", "Aws.Step<Item, Item>(\"sns:publish\", item => new { Message = item.Name })"),
        Service("An event claims to be one of AWS", Compilation, "The event of 'PutEvents' has the source 'aws.orders'", "name your own application", "EventBridge.Put<Item>(\"aws.orders\", \"Made\")"),

        // Distributed Maps and datasets.
        new("A Map tolerates more than all failures", Compilation, "tolerates failures of 150 %", "choose 0 to 100", "Many >> AddPrice.Map(distributed: new() { ToleratedFailurePercentage = 150 })"),
        new("A Map tolerates a negative number of failures", Compilation, "tolerates -1 failures", "choose 0 or more", "Many >> AddPrice.Map(distributed: new() { ToleratedFailures = -1 })"),
        new("A Map's label is too long", Compilation, "is not one that a Map can have", "use 1 to 40 letters", "Many >> AddPrice.Map(distributed: new() { Label = new('a', 50) })"),
        new("An Express child waits for a callback", Compilation, "'Ask.WaitForCallback<Item>()' waits for a callback", "leave out Express = true", new("Many >> Ask.WaitForCallback<Item>(TimeSpan.FromDays(1)).Map(distributed: new() { Express = true })") { Members = ask }),
        new("An Express child calls a worker", Compilation, "'Far' runs in a worker", "leave out Express = true", new("Many >> Far.Map(distributed: new() { Express = true })") { Members = "static readonly Step<Item, Item> Far = new(item => item) { Host = StepHost.Worker };" }),
        new("An Express child waits for an hour", Compilation, "an Express execution ends after 00:05:00", "leave out Express = true", "Many >> (AddPrice >> Wait.For(TimeSpan.FromHours(1))).Map(distributed: new() { Express = true })"),
        new("An Express child waits for a workflow", Compilation, "'Other.AsStep()' waits for another workflow", "leave out Express = true", new("Many >> new Other().AsStep().Map(distributed: new() { Express = true })") { Types = "public sealed class Other : Workflow<Item, string> { public override Flow<Item, string> Define() => NameOf; }" }),
        Rows("A row of texts holds a list", "The member 'tags' of Row is string[]", "read the row as Dictionary<string, string>", "public sealed record Row(string Sku, string[] Tags); ", ""),
        Rows("A row has a member that is no column", "The member 'price' of Row is not one of the columns sku", "add the column", "public sealed record Row(string Sku, decimal Price); ", ", columns: [\"sku\"]"),
        new("A dataset takes another input", Compiler, "takes Upload, but 'Make' gives Item", ".Select(", new("Make >> Orkestra.Authoring.Datasets.DatasetOperations.MapEach(Import, Orkestra.Authoring.Datasets.S3Items.Csv<Upload, Row>(u => u.Bucket, u => u.Key), 5)") { Types = upload + "public sealed record Row(string Sku);", Members = "static readonly Step<Row, string> Import = new(row => row.Sku);" }),

        // Handlers and queries.
        new("A handler reads an inner exception", Compilation, "'InnerException' of an exception does not travel", "Read Message or a property", "Make >> NameOf.Catch<Exception>((item, error) => error.InnerException!.Message)"),
        new("A handler makes a text of an exception", Compilation, "a text of Exception is not in its JSON", "Say which members", "Make >> NameOf.Catch<Exception>((item, error) => error.ToString())"),
        new("A query does not say what a flow is given", Compiler, "'NameOf' takes Item, and a query says what each flow", "write 'NameOf.With(item)'", "from item in Make from name in NameOf select name"),
        new("A query gives a flow another type", Compiler, "'Length' takes string, but With gives it 'item', which is Item", "such as a member of 'item'", "from item in Make from length in Length.With(item) select length"),
        new("A query has where", Compiler, "A query over flows has no 'where'", "choose what runs with '.When(…)'", "from item in Make where item.Price > 3 select item"),
        new("A query has join", Compiler, "A query over flows has no 'join'", "'from name in NameOf.With(…)'", "from item in Make join name in NameOf on item.Name equals name select name"),
        new("A query has orderby", Compiler, "A query over flows has no 'orderby'", "order an array in a 'let'", "from item in Make orderby item.Price select item"),
        new("A query has group", Compiler, "A query over flows has no 'group'", "end the query with 'select'", "from item in Make group item by item.Name"),
        new("A query calls a method of the project", Analyzer, "'Rename(item)' cannot become JSONata", "Use a Step for it.", "from item in Make let name = Rename(item) from length in Length.With(name) select length"),
        new("A query chooses a flow", Compilation, "has two inputs", "call .With(…) once", "from item in Make from length in (item.Price > 3 ? Length.With(item.Name) : Length.With(\"x\")) select length"),
        new("A query's variable is used in a lambda of its flow", Compilation, "uses 'item', but a lambda inside the flow sees only its own parameters", "as in .With(new { item, … })", "from item in Make from length in Length.When(n => n > item.Stock, Increment).With(item.Name) select length"),

        // One name for two workflows, and options that only steps follow.
        new("A nested workflow is made with two arguments", Compilation, "'Tax' stands for two workflows of the class Tax, whose 'rate' is '7' and '19'", "override Name so that it differs", new("Make >> new Tax(7).AsStep() >> new Tax(19).AsStep()") { Types = "public sealed class Tax(int rate) : Workflow<Item, Item> { public override Flow<Item, Item> Define() => Flow.Input<Item>().Select(item => new Item(item.Name, item.Price * rate)); }" }),
        new("Payloads are written with references", Compilation, "JsonOptions of Mine sets ReferenceHandler", "[JsonIgnore]", new("Make >> AddPrice") { Members = "protected override System.Text.Json.JsonSerializerOptions? JsonOptions => new(System.Text.Json.JsonSerializerDefaults.Web) { ReferenceHandler = ReferenceHandler.Preserve };" }),
        new("Keys of dictionaries are renamed", Compilation, "JsonOptions of Mine sets DictionaryKeyPolicy", "Remove it", new("Make >> AddPrice") { Members = "protected override System.Text.Json.JsonSerializerOptions? JsonOptions => new(System.Text.Json.JsonSerializerDefaults.Web) { DictionaryKeyPolicy = System.Text.Json.JsonNamingPolicy.CamelCase };" }),
    ];

    static Mistake Service(string name, Stage stage, string thing, string fix, string call) => new(name, stage, thing, fix, new($"Make >> Orkestra.Authoring.Services.{call}"));

    static Mistake Rows(string name, string thing, string fix, string row, string columns) => new(name, Compilation, thing, fix, new($"Up >> Orkestra.Authoring.Datasets.DatasetOperations.MapEach(Import, Orkestra.Authoring.Datasets.S3Items.Csv<Upload, Row>(u => u.Bucket, u => u.Key{columns}), 5)") { Types = upload + row, Members = up + "static readonly Step<Row, string> Import = new(row => row.Sku);" });
}
