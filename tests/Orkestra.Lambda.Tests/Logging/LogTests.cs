using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestra.Lambda.Emulator;
using Orkestra.Lambda.Observability;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Logging;

[Collection(TelemetryCollection.Name)]
public sealed class LogTests
{
    static readonly (string, string) On = (FunctionVariables.Observability, "true");

    [Fact]
    public async Task A_line_has_the_keys_of_powertools()
    {
        await using var host = new FunctionHost("Greet", options => options.UseServices(services => services.AddSingleton(new Greeter("hi"))), On, (FunctionVariables.Service, "payment"));
        await host.InvokeAsync(new LambdaRequest("\"you\"") { RequestId = "r-1" });
        var line = host.Logs.Single();
        Text(line, "level").ShouldBe("Information");
        Text(line, "message").ShouldBe("Greeting you");
        DateTime.Parse(Text(line, "timestamp")!, null, System.Globalization.DateTimeStyles.RoundtripKind).Kind.ShouldBe(DateTimeKind.Utc);
        Text(line, "service").ShouldBe("payment");
        Text(line, "name").ShouldBe("Greet");
        line.GetProperty("cold_start").GetBoolean().ShouldBeTrue();
        Text(line, "function_name").ShouldBe("shop-Greet");
        Text(line, "function_version").ShouldBe("$LATEST");
        line.GetProperty("function_memory_size").GetInt32().ShouldBe(256);
        Text(line, "function_arn").ShouldBe("arn:aws:lambda:eu-west-1:111111111111:function:Test");
        Text(line, "function_request_id").ShouldBe("r-1");
        Text(line, "xray_trace_id").ShouldBe("1-5759e988-bd862e3fe1be46a994272793");
        Text(line, "Who").ShouldBe("you", "what a template names is a key");

        await host.InvokeAsync("\"me\"");
        host.Logs.Last().GetProperty("cold_start").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Scopes_are_keys_and_standard_keys_stay()
    {
        await using var host = new FunctionHost("Sell", options =>
        {
            options.Observability.Logs.Level = LogLevel.Debug;
            options.Observability.Logs.Keys["team"] = "red";
        }, On);
        await host.InvokeAsync("\"lamp\"");
        var line = host.Logs.Single();
        line.GetProperty("order").GetInt32().ShouldBe(7);
        Text(line, "message").ShouldStartWith("Sold lamp for Product");
        Text(line, "message_").ShouldBe("mine");
        Text(line, "team").ShouldBe("red");
        line.GetProperty("scopes")[0].GetString().ShouldBe("plain");
        line.GetProperty("Product").GetProperty("price").GetDecimal().ShouldBe(1.10m);
        line.TryGetProperty("{OriginalFormat}", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    public async Task Sampled_invocations_log_from_debug_on(string rate, int lines)
    {
        await using var host = new FunctionHost("Sell", null, On, (FunctionVariables.SampleRate, rate));
        await host.InvokeAsync("\"lamp\"");
        host.Logs.Count().ShouldBe(lines);
        if (lines > 0)
            host.Logs.Single().GetProperty("sampling_rate").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task The_event_is_logged_when_asked_and_its_correlation_id_found()
    {
        await using var host = new FunctionHost("AddTax", options => options.Observability.Logs.CorrelationIdPath = "/meta/ids/1", On, (FunctionVariables.LogEvent, "true"));
        await host.InvokeAsync("{\n  \"name\": \"moth\",\n  \"meta\": {\"ids\": [1, \"abc\"]}\n}");
        var line = host.Logs.Single();
        line.GetProperty("event").GetProperty("name").GetString().ShouldBe("moth");
        Text(line, "correlation_id").ShouldBe("abc");
    }

    [Fact]
    public async Task A_failure_is_logged_with_its_exception()
    {
        await using var host = new FunctionHost("FailSale", null, On);
        await host.InvokeAsync("""{"name":"moth"}""");
        var line = host.Logs.Single();
        Text(line, "level").ShouldBe("Error");
        Text(line, "message").ShouldBe("Step FailSale failed: OutOfStockException");
        var exception = line.GetProperty("exception");
        Text(exception, "type").ShouldBe("Orkestra.Lambda.Tests.OutOfStockException");
        Text(exception, "message").ShouldBe("no moth left");
        Text(exception, "stack_trace")!.ShouldContain("Shop.cs");
        host.Errors.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Logs_can_be_turned_off_alone()
    {
        await using var host = new FunctionHost("Sell", null, On, (FunctionVariables.Logs, "false"), (FunctionVariables.LogLevel, "Debug"));
        await host.InvokeAsync("\"lamp\"");
        host.Output.ShouldContain("Debug Sell: Sold lamp for Product");
        host.Output.ShouldContain("\"_aws\"");
    }

    [Fact]
    public async Task Lambdas_own_level_can_only_raise_the_level()
    {
        await using var host = new FunctionHost("Greet", options => options.UseServices(services => services.AddSingleton(new Greeter("hi"))), On, ("AWS_LAMBDA_LOG_LEVEL", "WARN"));
        await host.InvokeAsync("\"you\"");
        host.Logs.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FunctionVariables.Observability, "maybe", "set it to true or false.")]
    [InlineData(FunctionVariables.SampleRate, "2", "set it to a number from 0 to 1.")]
    [InlineData(FunctionVariables.LogLevel, "Loud", "set it to Trace, Debug, Information, Warning, Error, Critical or None.")]
    public async Task A_setting_that_is_none_is_one_sentence(string variable, string value, string fix)
    {
        await using var host = new FunctionHost("Greet", null, (variable, value));
        var error = await host.Emulator.InitError;
        error.ErrorType.ShouldBe("Runtime.InvalidSetting");
        error.Json.GetProperty("errorMessage").GetString().ShouldBe($"The variable {variable} is '{value}': {fix}");
    }

    [Fact]
    public async Task A_log_of_a_value_that_misbehaves_does_not_fail_the_step()
    {
        var step = new Orkestra.Authoring.Step<int, int>((n, context) =>
        {
            context.Logger.LogInformation("{A} {B} {C} {@D}", new Bad(), double.NaN, new Dictionary<string, int> { ["x"] = 1 }, new Bad());
            return n;
        })
        { Name = "Bad" };
        await using var host = new FunctionHost("Bad", options => options.Add(step), On);
        (await host.InvokeAsync("1")).IsError.ShouldBeFalse();
        var line = host.Logs.Single();
        Text(line, "A").ShouldBe("(Bad.ToString() threw NotSupportedException)");
        Text(line, "B").ShouldBe("NaN");
        Text(line, "message").ShouldBe("(the message cannot be formatted: NotSupportedException)");
        line.GetProperty("C").GetProperty("x").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Options_can_come_with_the_services()
    {
        await using var host = new FunctionHost("Greet", options => options.UseServices(services =>
        {
            services.AddSingleton(new Greeter("hi"));
            services.AddObservability(observability =>
            {
                observability.Enabled = true;
                observability.Service = "here";
            });
        }));
        await host.InvokeAsync("\"you\"");
        Text(host.Logs.Single(), "service").ShouldBe("here");
    }

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    sealed class Bad
    {
        public string Value => throw new NotSupportedException();

        public override string ToString() => throw new NotSupportedException();
    }
}
