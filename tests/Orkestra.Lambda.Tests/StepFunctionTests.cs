using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;
using Orkestra.Lambda.Emulator;
using Orkestra.Lambda.Runtime;
using Orkestra.Lambda.Tests.Runtime;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests;

public sealed class StepFunctionTests
{
    [Fact]
    public async Task Runs_the_step_its_handler_names()
    {
        await using var host = new FunctionHost("AddTax");
        var answer = await host.InvokeAsync("""{"name":"moth","price":10.00}""");
        answer.IsError.ShouldBeFalse();
        answer.Body.ShouldBe("""{"name":"moth","price":11.0000}""", "decimals keep their digits");
    }

    [Theory]
    [InlineData("Shop.AddTax")]
    [InlineData("My.Assembly::AddTax")]
    [InlineData("My.Assembly::Shop.AddTax")]
    public async Task Takes_the_handler_in_its_longer_forms(string handler)
    {
        await using var host = new FunctionHost(handler);
        (await host.InvokeAsync("""{"name":"moth","price":1}""")).IsError.ShouldBeFalse();
    }

    [Fact]
    public async Task On_a_managed_runtime_a_variable_names_the_step()
    {
        await using var host = new FunctionHost("Shop", null, (FunctionVariables.Step, "AddTax"));
        (await host.InvokeAsync("""{"name":"moth","price":1}""")).IsError.ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_that_names_one_workflow_runs_the_others_of_its_assembly()
    {
        await using var host = new HostFixture(() => OrkestraLambda.Open(
            options => options.AddWithOthers(new Shop()), LambdaEnvironment.From(static name => name == "_HANDLER" ? "Depot.Store" : null), Stream.Null));

        (await host.Emulator.InvokeAsync("\"crate\"")).Body.ShouldBe("\"crate is stored\"");
    }

    [Fact]
    public async Task A_program_runs_the_workflows_that_its_own_start()
    {
        await using var host = new HostFixture(() => OrkestraLambda.Open(
            options => options.Add(new Harbor()), LambdaEnvironment.From(static name => name == "_HANDLER" ? "Store" : null), Stream.Null));

        (await host.Emulator.InvokeAsync("\"crate\"")).Body.ShouldBe("\"crate is stored\"");
    }

    /// <summary>Starts a workflow that starts another one, and itself.</summary>
    internal sealed class Harbor : Workflow<string, string>
    {
        public override Flow<string, string> Define() => new Quay().AsStep();
    }

    internal sealed class Quay : Workflow<string, string>
    {
        static readonly Step<string, string> Unload = new(what => what);

        public override Flow<string, string> Define() => Unload.When(what => what.Length > 10, AsStep(), new Depot().AsStep());
    }

    /// <summary>A workflow that no program names.</summary>
    internal sealed class Depot : Workflow<string, string>
    {
        static readonly Step<string, string> Store = new(what => $"{what} is stored");

        public override Flow<string, string> Define() => Store;
    }

    [Theory]
    [InlineData("Nope", "The handler 'Nope' names no step of this program: it has AddTax, FailSale, Greet, TellContext, Sell.")]
    [InlineData("Other.AddTax", "The handler 'Other.AddTax' names no step of this program: it has AddTax, FailSale, Greet, TellContext, Sell.")]
    [InlineData("", "The function has no handler: set it to the name of a step, one of AddTax, FailSale, Greet, TellContext, Sell.")]
    public async Task An_unknown_handler_is_one_sentence(string handler, string sentence)
    {
        await using var host = new FunctionHost(handler);
        var error = await host.Emulator.InitError;
        error.ErrorType.ShouldBe("Runtime.HandlerNotFound");
        error.Json.GetProperty("errorMessage").GetString().ShouldBe(sentence);
        host.Errors.ToString().Trim().ShouldBe(sentence);
    }

    [Fact]
    public async Task A_step_of_that_name_in_two_workflows_must_be_told_apart()
    {
        await using var host = new FunctionHost("AddTax", options => options.Add(new OtherShop()));
        (await host.Emulator.InitError).Json.GetProperty("errorMessage").GetString()
            .ShouldBe("The handler 'AddTax' names a step of each of Shop and OtherShop: put the workflow's name before it, as in 'Shop.AddTax'.");
        await using var told = new FunctionHost("OtherShop.AddTax", options => options.Add(new OtherShop()));
        (await told.InvokeAsync("1")).Body.ShouldBe("2");
    }

    [Theory]
    [InlineData("""{"name":"moth","price":"dear"}""", "Step 'AddTax' cannot read its input. The payload is an object and does not fit the type Product: The JSON value could not be converted to Orkestra.Lambda.Tests.Product. Path: $.price, where there is a string.")]
    [InlineData("[1,2]", "Step 'AddTax' cannot read its input. The payload is an array of 2 elements and does not fit the type Product: ")]
    [InlineData("{", "Step 'AddTax' cannot read its input. It is not JSON: ")]
    public async Task A_payload_of_the_wrong_shape_names_the_step_the_type_and_the_place(string payload, string start)
    {
        await using var host = new FunctionHost("AddTax");
        var answer = await host.InvokeAsync(payload);
        answer.ErrorType.ShouldBe("PayloadException");
        answer.Json.GetProperty("errorMessage").GetString()!.ShouldStartWith(start);
    }

    [Fact]
    public async Task An_exception_is_named_by_its_type()
    {
        await using var host = new FunctionHost("FailSale");
        var answer = await host.InvokeAsync("""{"name":"moth"}""");
        answer.ErrorType.ShouldBe("OutOfStockException");
        answer.Json.GetProperty("errorMessage").GetString().ShouldBe("no moth left");
        answer.Json.GetProperty("stackTrace").EnumerateArray().ShouldContain(frame => frame.GetString()!.Contains("Shop.cs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handler_class_is_made_with_the_services_of_the_program()
    {
        await using var host = new FunctionHost("Greet", options => options.UseServices(services => services.AddSingleton(new Greeter("hello"))));
        (await host.InvokeAsync("\"world\"")).Body.ShouldBe("\"hello, world\"");
        host.Output.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z Information Greet: Greeting world\n$");
    }

    [Fact]
    public async Task The_context_tells_what_the_caller_told()
    {
        await using var host = new FunctionHost("TellContext");
        (await host.InvokeAsync(new LambdaRequest("\"\"") { RequestId = "id-1" })).Body.ShouldBe("\"TellContext 1  id-1 True\"");
        (await host.InvokeAsync(new LambdaRequest("\"\"")
        {
            Headers = new Dictionary<string, string> { ["Lambda-Runtime-Client-Context"] = """{"custom":{"orkestra":{"execution":"exec","attempt":3,"key":"k-1"}}}""" },
        })).Body.ShouldBe("\"TellContext 3 exec k-1 True\"");
    }

    [Fact]
    public async Task A_step_without_a_workflow_can_be_a_function()
    {
        var step = new Orkestra.Authoring.Step<int, int>(n => n + 1) { Name = "Increment" };
        await using var host = new FunctionHost("Increment", options => options.Add(step));
        (await host.InvokeAsync("41")).Body.ShouldBe("42");
    }

    [Fact]
    public async Task Outside_of_lambda_the_program_says_where_it_belongs() =>
        (await OrkestraLambda.RunAsync<Shop>()).ShouldBe(2);

    [Fact]
    public async Task Two_workflows_of_one_name_are_a_problem_of_the_manifest()
    {
        var options = new LambdaOptions();
        options.Add(new North.Import()).Add(new South.Import());
        var file = Path.GetTempFileName();
        try
        {
            options.WriteManifest(file);
            var functions = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement.GetProperty("functions").EnumerateArray().ToArray();
            functions.Single(function => function.GetProperty("step").GetString() == "Count").TryGetProperty("problem", out _).ShouldBeFalse();
            foreach (var function in functions.Where(function => function.GetProperty("step").GetString() == "Load"))
                function.GetProperty("problem").GetString()!.ShouldEndWith("both have the name 'Import' and a step 'Load': override Name in one of them.");
        }
        finally
        {
            File.Delete(file);
        }

        await using var host = new FunctionHost("Import.Load", options => options.Add(new North.Import()).Add(new South.Import()));
        (await host.Emulator.InitError).Json.GetProperty("errorMessage").GetString()
            .ShouldBe($"The handler 'Import.Load' names a step of each of {typeof(North.Import).FullName} and {typeof(South.Import).FullName}: override Name in one of them.");
    }

    static class North
    {
        internal sealed class Import : Orkestra.Authoring.Workflow<int, int>
        {
            static readonly Orkestra.Authoring.Step<int, int> Load = new(n => n + 1);
            static readonly Orkestra.Authoring.Step<int, int> Count = new(n => n + 2);

            public override Orkestra.Authoring.Flow<int, int> Define() => Load >> Count;
        }
    }

    static class South
    {
        internal sealed class Import : Orkestra.Authoring.Workflow<int, int>
        {
            static readonly Orkestra.Authoring.Step<int, int> Load = new(n => n - 1);

            public override Orkestra.Authoring.Flow<int, int> Define() => Load;
        }
    }

    sealed class OtherShop : Orkestra.Authoring.Workflow<int, int>
    {
        static readonly Orkestra.Authoring.Step<int, int> AddTax = new(n => n * 2);

        public override Orkestra.Authoring.Flow<int, int> Define() => AddTax;
    }
}
