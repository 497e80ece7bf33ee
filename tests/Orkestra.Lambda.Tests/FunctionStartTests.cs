using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orkestra.Authoring;
using Orkestra.Authoring.Functions;
using Orkestra.Lambda.Runtime;
using Orkestra.Lambda.Tests.Runtime;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests;

/// <summary>A function that starts does what its one step needs, and no more.</summary>
public sealed class FunctionStartTests
{
    public class LostException(string message) : Exception(message);

    public sealed class StolenException(string message) : LostException(message);

    internal sealed class Parcels : Workflow<string, string>
    {
        static int s_reads;

        static readonly Step<string, string> Trim = new(text => text.Trim());
        static readonly Step<string, string> Send = new(text => throw new StolenException(text));
        static readonly Step<string, string> Track = new(text => $"{text} tracked");
        static readonly Step<string, string> Search = new(text => $"{text} searched");

        /// <summary>How often the flow inside the query was composed.</summary>
        public static int Reads => Volatile.Read(ref s_reads);

        public override Flow<string, string> Define() =>
            (from text in Trim
             from tracked in Tracked().With(text)
             select tracked)
            >> Send.Catch<LostException>((text, error) => Search.With(error.Message));

        static Flow<string, string> Tracked()
        {
            Interlocked.Increment(ref s_reads);
            return Track;
        }
    }

    [Fact]
    public async Task The_flows_in_expressions_are_read_only_for_the_steps_in_them()
    {
        var before = Parcels.Reads;
        await using (var host = HostOf("Trim")) (await host.Emulator.InvokeAsync("\" a \"")).Body.ShouldBe("\"a\"");
        Parcels.Reads.ShouldBe(before);

        await using (var host = HostOf("Track")) (await host.Emulator.InvokeAsync("\"a\"")).Body.ShouldBe("\"a tracked\"");
        Parcels.Reads.ShouldBeGreaterThan(before);

        await using (var host = HostOf("Parcels.Search")) (await host.Emulator.InvokeAsync("\"a\"")).Body.ShouldBe("\"a searched\"");
    }

    [Fact]
    public async Task An_exception_is_named_by_the_whole_workflow()
    {
        await using var host = HostOf("Send");
        var answer = await host.Emulator.InvokeAsync("\"a\"");
        answer.IsError.ShouldBeTrue();
        answer.ErrorType.ShouldBe(nameof(LostException));
    }

    [Fact]
    public async Task An_unknown_step_is_told_all_steps()
    {
        await using var host = HostOf("Nope");
        (await host.Emulator.InitError).Json.GetProperty("errorMessage").GetString().ShouldBe("The handler 'Nope' names no step of this program: it has Trim, Track, Send, Search.");
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public void The_container_is_made_for_those_who_can_ask_it(bool takesContext, bool logs, bool isMade)
    {
        var registered = new ServiceCollection();
        if (logs) registered.AddSingleton<ILoggerProvider>(NullLoggerProvider.Instance);
        IStep step = takesContext ? new Step<string, string>((text, _) => text) { Name = "Asks" } : new Step<string, string>(text => text) { Name = "Trims" };
        var services = new FunctionServices(registered, registered.BuildServiceProvider);
        (services.For(new FunctionStep(step)) is not null).ShouldBe(isMade);
    }

    static HostFixture HostOf(string handler) => new(() => OrkestraLambda.Open(
        static options => options.Add(new Parcels()), LambdaEnvironment.From(name => name == "_HANDLER" ? handler : null), Stream.Null));
}
