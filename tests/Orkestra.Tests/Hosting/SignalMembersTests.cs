using System.Buffers;
using System.Text;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting;

/// <summary>What a store needs that keeps the members of signals by themselves.</summary>
public sealed class SignalMembersTests
{
    static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_signal_without_more_is_made_of_its_members_again()
    {
        var ending = new ChildEnding { Status = ExecutionStatus.TimedOut, StartTime = Noon, StopTime = Noon.AddTicks(7) };
        ExecutionSignal[] signals =
        [
            new(ExecutionSignalKind.TaskSucceeded, Noon, new TaskId(1, 2), JsonValue.Parse("[1.0]"), stateName: "Work"),
            new(ExecutionSignalKind.TaskFailed, Noon, new TaskId(1, 2), error: "E", cause: "because"),
            new(ExecutionSignalKind.ChildFailed, Noon.ToOffset(TimeSpan.FromHours(2)), new TaskId(1, 2), JsonValue.Null, index: 3, child: ending),
        ];
        foreach (var signal in signals)
        {
            signal.NeedsText.ShouldBeFalse();
            signal.Time.ShouldBe(Noon);
            var again = new ExecutionSignal(signal.Kind, signal.Time, signal.Task, signal.Value, signal.Error, signal.Cause, signal.Index, signal.StateName, signal.Child);
            TextOf(again).ShouldBe(TextOf(signal));
            ExecutionSignal.Read(Encoding.UTF8.GetBytes(TextOf(signal))).Child.ShouldBe(signal.Child);
        }
    }

    [Fact]
    public void A_start_and_the_origins_of_items_need_the_text()
    {
        var start = ExecutionSignal.Read("""{"v":2,"kind":"Started","ticks":1,"start":{"input":20,"seed":"2ba0000000000000","type":"Standard","name":"one"}}"""u8);
        start.NeedsText.ShouldBeTrue();
        Should.Throw<ArgumentException>(() => new ExecutionSignal(start.Kind, start.Time)).ParamName.ShouldBe("kind");
        var items = """{"v":2,"kind":"ItemsRead","ticks":1,"slot":1,"generation":2,"value":[1],"origins":[{"count":1,"source":"S3://bucket/key"}]}""";
        ExecutionSignal.Read(Encoding.UTF8.GetBytes(items)).NeedsText.ShouldBeTrue();
        ExecutionSignal.Read("""{"v":2,"kind":"ItemsRead","ticks":1,"slot":1,"generation":2,"value":[1]}"""u8).NeedsText.ShouldBeFalse();
    }

    static string TextOf(in ExecutionSignal signal)
    {
        var buffer = new ArrayBufferWriter<byte>();
        signal.Write(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
