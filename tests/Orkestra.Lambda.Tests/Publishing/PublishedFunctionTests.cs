using System.Runtime.InteropServices;
using Orkestra.Lambda.Emulator;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Publishing;

/// <summary>
/// The sample as it is deployed, each in a process of its own: published once for Native AOT, with <c>ORKESTRA_PROGRAMS=1</c> because that takes a minute each, and once for the managed runtime.
/// </summary>
[Trait("Category", "Publish")]
public sealed class PublishedFunctionTests
{
    static readonly Lazy<Task<PublishedFunction>> Native = new(() => PublishedFunction.PublishAsync("samples/HelloOrkestra", native: true));
    static readonly Lazy<Task<PublishedFunction>> Managed = new(() => PublishedFunction.PublishAsync("samples/HelloOrkestra", native: false));

    static Task<PublishedFunction> Publish(bool native)
    {
        if (native) Needed(PublishedFunction.NoNativeReason);
        return (native ? Native : Managed).Value;
    }

    static void Needed(string? missing)
    {
        var reason = PublishedFunction.NotAskedReason ?? missing;
        Assert.SkipWhen(reason is not null, reason ?? "");
    }

    [Fact]
    public async Task Native_aot_has_no_warnings_and_is_small()
    {
        var published = await Publish(native: true);
        published.Log.ShouldNotContain("warning", Case.Insensitive);
        new FileInfo(published.Program).Length.ShouldBeLessThan(10_000_000);
    }

    [Fact]
    public async Task What_a_function_does_not_use_does_not_travel_with_it()
    {
        var published = await Publish(native: false);
        var files = Directory.GetFiles(published.Folder, "*.dll").Select(Path.GetFileName).ToList();
        files.ShouldContain("Orkestra.Lambda.dll");
        string[] leftOut = ["Spectre", "System.CommandLine", "Orkestra.Serving", "Orkestra.AspNetCore", "Orkestra.Local", "Orkestra.Sqlite", "Orkestra.Client", "Orkestra.Extensions", "AWSSDK", "Microsoft.Data", "SQLitePCL"];
        files.Where(file => leftOut.Any(start => file!.StartsWith(start, StringComparison.Ordinal))).ShouldBeEmpty();
        Directory.GetFiles(published.Folder, "*sqlite*", SearchOption.AllDirectories).ShouldBeEmpty();
        (await File.ReadAllTextAsync(Path.ChangeExtension(published.Program, ".runtimeconfig.json"))).ShouldNotContain("Microsoft.AspNetCore.App");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Records_and_decimals_pass_through(bool native)
    {
        await using var function = FunctionProcess.Start((await Publish(native)).Program, "DoublePrice");
        (await function.Emulator.InvokeAsync("""{"name":"moth","price":1.10}""")).Body.ShouldBe("""{"name":"moth","price":2.20}""");
        (await function.Emulator.InvokeAsync("""{"name":"lámpara","price":79228162514264.337593543950335}""")).Json.GetProperty("price").GetDecimal().ShouldBe(158456325028528.67518708790067m);
        (await function.Emulator.InvokeAsync("""{"name":"moth"}""")).Body.ShouldBe("""{"name":"moth","price":null}""");
    }

    [Theory]
    [InlineData("GenerateItem", "null", "\"name\":")]
    [InlineData("CopyItem", """{"name":"moth","price":3.14}""", """[{"name":"moth","price":3.14},{"name":"moth","price":3.14},""")]
    [InlineData("DoNothing", """{"any":["thing"]}""", "null")]
    [InlineData("SayHello", "[1]", "\"hello, world\"")]
    [InlineData("RandomInt", "1.0", "")]
    public async Task Every_kind_of_step_runs_under_native_aot(string step, string input, string start)
    {
        await using var function = FunctionProcess.Start((await Publish(native: true)).Program, step);
        var answer = await function.Emulator.InvokeAsync(input);
        answer.IsError.ShouldBeFalse(answer.Body);
        answer.Body.ShouldContain(start);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Errors_are_named_and_the_function_lives_on(bool native)
    {
        await using var function = FunctionProcess.Start((await Publish(native)).Program, "AssertFalse");
        var answer = await function.Emulator.InvokeAsync("{}");
        answer.ErrorType.ShouldBe("InvalidOperationException");
        answer.Json.GetProperty("errorMessage").GetString().ShouldBe("assert false");
        answer.Json.GetProperty("stackTrace").GetArrayLength().ShouldBeGreaterThan(0);
        (await function.Emulator.InvokeAsync("{}")).IsError.ShouldBeTrue();
        function.Errors.ShouldContain("assert false");

        await using var wrong = FunctionProcess.Start((await Publish(native)).Program, "AddPrice");
        var mismatch = await wrong.Emulator.InvokeAsync("[]");
        mismatch.ErrorType.ShouldBe("PayloadException");
        mismatch.Json.GetProperty("errorMessage").GetString()!.ShouldStartWith("Step 'AddPrice' cannot read its input. The payload is an array of 0 elements and does not fit the type Item: ");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ends_in_good_order_when_told_to(bool native)
    {
        await using var function = FunctionProcess.Start((await Publish(native)).Program, "SayHello");
        (await function.Emulator.InvokeAsync("{}")).Body.ShouldBe("\"hello, world\"");
        (await function.TerminateAsync()).ShouldBe(0);
        function.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_step_is_an_init_error_and_an_exit_code()
    {
        await using var function = FunctionProcess.Start((await Publish(native: true)).Program, "SayHullo");
        (await function.ExitAsync()).ShouldBe(1);
        (await function.Emulator.InitError).Json.GetProperty("errorMessage").GetString()!.ShouldStartWith("The handler 'SayHullo' names no step of this program: it has GenerateItem, AddPrice, ");
    }

    [Fact]
    public async Task Observability_works_under_native_aot()
    {
        await using var function = FunctionProcess.Start((await Publish(native: true)).Program, "AssertFalse", null, ("ORKESTRA_OBSERVABILITY", "true"), ("POWERTOOLS_LOGGER_LOG_EVENT", "true"));
        await function.Emulator.InvokeAsync("""{"a":1}""");
        await function.TerminateAsync();
        var lines = function.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[0].ShouldContain("\"event\":{\"a\":1}");
        lines[1].ShouldContain("\"ColdStart\":1");
        lines[2].ShouldContain("\"exception\":{\"type\":\"System.InvalidOperationException\"");
    }

    [Fact]
    public async Task Native_aot_is_published_for_the_other_processor_and_runs_there()
    {
        Needed(PublishedFunction.NoCrossReason);
        var published = await PublishedFunction.PublishAsync("samples/HelloOrkestra", native: true, across: true);
        published.Log.ShouldNotContain("warning", Case.Insensitive);
        var program = await File.ReadAllBytesAsync(published.Program, TestContext.Current.CancellationToken);
        program.Length.ShouldBeLessThan(10_000_000);
        program[18].ShouldBe(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? (byte)0x3E : (byte)0xB7, "the header of the executable names its processor");
        Assert.SkipWhen(PublishedFunction.Interpreter is null, "The program for the other processor is published; running it needs qemu-user-static.");

        await using var function = FunctionProcess.Start(PublishedFunction.Interpreter!, published.Program, "DoublePrice");
        (await function.Emulator.InvokeAsync("""{"name":"moth","price":1.10}""")).Body.ShouldBe("""{"name":"moth","price":2.20}""");
        (await function.TerminateAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Traces_are_sent_on_under_native_aot()
    {
        Needed(PublishedFunction.NoNativeReason);
        var published = await PublishedFunction.PublishAsync("samples/Observed", native: true);
        published.Log.ShouldNotContain("warning", Case.Insensitive);
        await using var collector = new OtlpCollector();

        await using var function = FunctionProcess.Start(published.Program, "Measure", null, collector.Variables);
        (await function.Emulator.InvokeAsync("null")).Body.ShouldBe("[19.5,21,38.2]");
        var (text, _) = await collector.NextAsync();
        text.ShouldContain("sensor");
        text.ShouldContain("aws.xray.annotations");
    }
}
