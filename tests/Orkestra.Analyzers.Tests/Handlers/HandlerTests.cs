using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Handlers;

/// <summary>What is reported of a step's lambda is reported of the HandleAsync of a handler, too.</summary>
public sealed class HandlerTests
{
    const string keepIt = ". When deployed, each step runs in its own process, so this state is not shared. Pass the value in the payload, or keep it where each process finds it, such as in a database.";

    [Theory]
    [InlineData("static int sent; public Task<Order> HandleAsync(Order order, StepContext context) { sent++; return Task.FromResult(order); }", "sent", "changes the static field 'sent'")]
    [InlineData("static readonly List<Order> seen = []; public async Task<Order> HandleAsync(Order order, StepContext context) { seen.Add(order); await Task.Yield(); return order; }", "seen.Add(order)", "changes the static collection 'seen'")]
    [InlineData("static int sent; void Note() => sent++; public Task<Order> HandleAsync(Order order, StepContext context) { Note(); return Task.FromResult(order); }", "Note()", "changes the static field 'sent' in 'Note'")]
    [InlineData("int sent; public Task<Order> HandleAsync(Order order, StepContext context) { sent++; return Task.FromResult(order); }", "sent", "changes 'sent' of its handler, and each call may get a new handler")]
    [InlineData("int Sent { get; set; } Task<Order> IStepHandler<Order, Order>.HandleAsync(Order order, StepContext context) { this.Sent += 1; return Task.FromResult(order); }", "this.Sent", "changes 'Sent' of its handler, and each call may get a new handler")]
    [InlineData("int sent; public Task<Order> HandleAsync(Order order, StepContext context) { Interlocked.Increment(ref sent); return Task.FromResult(order); }", "sent", "changes 'sent' of its handler, and each call may get a new handler")]
    [InlineData("readonly List<Order> seen = []; public Task<Order> HandleAsync(Order order, StepContext context) { seen.Add(order); return Task.FromResult(order); }", "seen", "changes 'seen' of its handler, and each call may get a new handler")]
    [InlineData("readonly Dictionary<int, Order> seen = new(); public Task<Order> HandleAsync(Order order, StepContext context) { seen[order.Total] = order; return Task.FromResult(order); }", "seen", "changes 'seen' of its handler, and each call may get a new handler")]
    [InlineData("int sent; void Note() => sent++; public Task<Order> HandleAsync(Order order, StepContext context) { Note(); return Task.FromResult(order); }", "Note()", "changes 'sent' of its handler, and each call may get a new handler")]
    public void State_that_is_kept(string members, string at, string what)
    {
        var finding = Found(members).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK003", at));
        finding.Message.ShouldBe($"The function of step 'Send' {what}{keepIt}");
    }

    [Theory]
    [InlineData("ORK022", "SaveAsync(order); return Task.FromResult(order);", "SaveAsync(order)", "write 'await SaveAsync(order);' in an async method")]
    [InlineData("ORK022", "_ = SaveAsync(order); return Task.FromResult(order);", "SaveAsync(order)", "write 'await SaveAsync(order);' in an async method")]
    [InlineData("ORK022", "order.Lines.Select(n => Task.Delay(n)).ToList(); return Task.FromResult(order);", "order.Lines.Select(n => Task.Delay(n)).ToList()", "write 'await Task.WhenAll(order.Lines.Select(n => Task.Delay(n)).ToList());' in an async method")]
    [InlineData("ORK027", "SaveAsync(order).Wait(); return Task.FromResult(order);", "SaveAsync(order).Wait()", "write 'await SaveAsync(order);' in an async method")]
    [InlineData("ORK027", "Thread.Sleep(10); return Task.FromResult(order);", "Thread.Sleep(10)", "write 'await Task.Delay(…);' in an async method")]
    [InlineData("ORK028", "if (order.Total < 0) Environment.Exit(1); return Task.FromResult(order);", "Environment.Exit(1)", "end the workflow with 'Flow.Fail'")]
    [InlineData("ORK006", "return Task.FromResult(new Order { Name = $\"{SaveAsync(order)}\" });", "SaveAsync(order)", "write 'await SaveAsync(order)'.")]
    [InlineData("ORK006", "return Task.FromResult(new Order { Any = new { A = SaveAsync(order) } });", "SaveAsync(order)", "write 'await SaveAsync(order)'.")]
    [InlineData("ORK026", "return Task.FromResult(new Order { Total = (int)order.Any! });", "(int)order.Any!", "declare 'Any' of Order as int, or read it with '((JsonElement)order.Any).Deserialize<int>()'")]
    [InlineData("ORK037", "order.Total = 5; return Task.FromResult(new Order());", "order.Total", "return 'order', and let the step give Order")]
    public void Other_rules(string id, string statements, string at, string end)
    {
        var finding = Found($"static Task<int> SaveAsync(Order order) => Task.FromResult(order.Total); public Task<Order> HandleAsync(Order order, StepContext context) {{ {statements} }}").ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe((id, at));
        finding.Message.ShouldEndWith(end);
    }

    [Fact]
    public void An_input_of_type_object() => Analysis.OfOrkestra("""
        public sealed class Send : IStepHandler<object, int>
        {
            public Task<int> HandleAsync(object input, StepContext context) => Task.FromResult((int)input);
        }
        """).ShouldHaveSingleItem().Message.ShouldEndWith("let 'Send' implement IStepHandler<int, …>");

    [Theory]
    [InlineData("readonly HttpClient client = new(); public async Task<Order> HandleAsync(Order order, StepContext context) { await client.GetStringAsync(\"a\"); return order; }")]
    [InlineData("readonly List<Order> seen; public Send(List<Order> seen) => this.seen = seen; public Task<Order> HandleAsync(Order order, StepContext context) { seen.Add(order); return Task.FromResult(order); }")]
    [InlineData("readonly List<string> lines = []; public Task<Order> HandleAsync(Order order, StepContext context) { lines.Add(\"a\"); lines.Add(\"b\"); return Task.FromResult(new Order { Name = string.Concat(lines) }); }")]
    [InlineData("readonly List<int> lines = []; public Task<Order> HandleAsync(Order order, StepContext context) { foreach (var line in order.Lines) lines.Add(line); return Task.FromResult(new Order { Lines = lines }); }")]
    [InlineData("int found; void Walk(int depth) { found++; if (depth > 0) Walk(depth - 1); } public Task<Order> HandleAsync(Order order, StepContext context) { Walk(3); return Task.FromResult(new Order { Total = found }); }")]
    [InlineData("int found; public Task<Order> HandleAsync(Order order, StepContext context) { found = 0; found++; return Task.FromResult(new Order { Total = found }); }")]
    [InlineData("static Prices? kept; public Task<Order> HandleAsync(Order order, StepContext context) { kept ??= new Prices(); return Task.FromResult(new Order { Total = kept.Factor }); }")]
    [InlineData("readonly Order last = new(); public Task<Order> HandleAsync(Order order, StepContext context) => Task.FromResult(order.Total > last.Total ? order : last);")]
    [InlineData("public async Task<Order> HandleAsync(Order order, StepContext context) { order.Total = 5; await Task.WhenAll(order.Lines.Select(n => Task.Delay(n))); return order; }")]
    [InlineData("int sent; public Task<Order> HandleAsync(Order order) { sent++; Thread.Sleep(1); return Task.FromResult(order); } public Task<Order> HandleAsync(Order order, StepContext context) => Task.FromResult(order);")]
    public void Other_handlers_are_fine(string members) => Found(members).ShouldBeEmpty();

    [Fact]
    public void What_the_container_gives_is_fine() => Analysis.OfOrkestra("""
        public sealed class Prices { public int Factor { get; set; } = 1; public List<int> Asked { get; } = []; }
        public sealed class Price(Prices prices) : IStepHandler<int, int>
        {
            readonly Prices kept = prices;
            public Task<int> HandleAsync(int input, StepContext context)
            {
                prices.Asked.Add(input);
                kept.Factor++;
                return Task.FromResult(input * prices.Factor);
            }
        }
        """).ShouldBeEmpty();

    [Fact]
    public void A_class_that_is_no_handler_is_fine() =>
        Analysis.OfOrkestra("public sealed class Send { int sent; public Task<int> HandleAsync(int input, StepContext context) { sent++; Thread.Sleep(sent); return Task.FromResult(input); } }").ShouldBeEmpty();

    [Fact]
    public void The_handler_of_a_test_may_count() => Analysis.OfOrkestra("""
        public sealed class Tests
        {
            [Xunit.Fact]
            public void Runs() { }

            sealed class Send : IStepHandler<int, int>
            {
                public static int Sent;
                public Task<int> HandleAsync(int input, StepContext context) { Sent++; return Task.FromResult(input); }
            }
        }
        """).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string members) => Analysis.OfOrkestra($$"""
        using System.Net.Http;
        public sealed class Prices { public int Factor => 1; }
        public sealed class Order { public int Total { get; set; } public string Name { get; set; } = ""; public List<int> Lines { get; set; } = []; public object? Any { get; set; } }
        public sealed class Send : IStepHandler<Order, Order>
        {
            {{members}}
        }
        """);
}
