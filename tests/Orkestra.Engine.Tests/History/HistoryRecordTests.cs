using CsCheck;
using Orkestra.Engine.History;
using Shouldly;
using Xunit;

namespace Orkestra.Engine.Tests.History;

public sealed class HistoryRecordTests
{
    static readonly Gen<int> Numbers = Gen.OneOf(Gen.Const(0), Gen.Const(HistoryRecord.MaxNumber), Gen.Int[0, HistoryRecord.MaxNumber]);

    [Fact]
    public void A_record_gives_back_what_it_is_made_of() =>
        Gen.Select(Gen.Enum<HistoryEventType>(), Numbers, Numbers).Sample((type, previous, number) =>
        {
            var record = new HistoryRecord(type, previous, "value", "subject", number);
            (record.Type, record.Previous, record.Value, record.Subject, record.Number).ShouldBe((type, previous, "value", "subject", number));
        });

    [Theory]
    [InlineData(-1)]
    [InlineData(HistoryRecord.MaxNumber + 1)]
    public void A_number_that_has_no_room_is_refused(int number) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new HistoryRecord(HistoryEventType.MapStateStarted, 1, null, null, number));
}
