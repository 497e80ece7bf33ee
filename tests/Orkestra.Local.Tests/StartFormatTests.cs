using System.Buffers;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Local.Tests;

/// <summary>What a start is stored with, so that a restart knows it again.</summary>
public sealed class StartFormatTests
{
    [Fact]
    public void Version_alias_revision_trace_and_scale_are_stored_with_the_start()
    {
        var start = new ExecutionStart
        {
            Input = JsonObject.Empty,
            Seed = 1,
            Machine = new MachineIdentity { VersionArn = "v", AliasArn = "a", RevisionId = "r" },
            TraceHeader = "Root=1",
            Quotas = ExecutionQuotas.Aws with { WaitTimeScale = 0.25 },
        };
        Again(start).ShouldBe(start);
        var plain = new ExecutionStart { Input = JsonObject.Empty, Seed = 1 };
        Again(plain).ShouldBe(plain);
    }

    static ExecutionStart Again(ExecutionStart start)
    {
        var bytes = new ArrayBufferWriter<byte>();
        new ExecutionSignal(ExecutionSignalKind.Started, 1, value: start.Input, details: start).Write(bytes);
        return ExecutionSignal.Read(bytes.WrittenSpan).Start!;
    }
}
