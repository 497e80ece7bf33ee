using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>Pauses until a moment of the payload.</summary>
public sealed class WaitTests
{
    static readonly Step<Nothing, Booking> Book = new(_ => new(new DateTime(2000, 1, 2, 3, 4, 5, 678), null));

    [Fact]
    public async Task A_moment_without_an_offset_counts_as_UTC()
    {
        var waiting = TestWorkflow.Of(Book.WaitUntil(booking => booking.At));
        ((WaitState)waiting.Compile().Document.States.Values.Last()).Timestamp.ShouldBe("{% $fromMillis($toMillis($states.input.at)) %}");
        (await waiting.RunAsync(default(Nothing))).At.Kind.ShouldBe(DateTimeKind.Unspecified);
    }

    [Fact]
    public async Task A_moment_that_can_be_missing_is_waited_for_too()
    {
        var waiting = TestWorkflow.Of(Book.Select(booking => new Booking(booking.At, booking.At)).WaitUntil(booking => booking.Again!.Value));
        (await waiting.RunAsync(default(Nothing))).Again.ShouldNotBeNull();
    }

    public sealed record Booking(DateTime At, DateTime? Again);
}
