using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.LostChanges;

/// <summary>ORK037: changes of a step's input that no one sees.</summary>
public sealed class LostChangeTests
{
    [Theory]
    [InlineData("static readonly Step<Order, Nothing> Save = new(order => { order.Total = 5; });", "order.Total")]
    [InlineData("static readonly Step<Order, int> Save = new(order => { if (order.Total > 3) order.Total++; return 1; });", "order.Total")]
    [InlineData("static readonly Step<Order, int> Save = new(order => { order.Total += order.Lines.Count; return 1; });", "order.Total")]
    [InlineData("static readonly Step<Order, int> Save = new(order => { order.Lines.Add(3); return 1; });", "order.Lines")]
    [InlineData("static readonly Step<Order, int> Save = new(order => { order.Buyer.Name = \"x\"; return 1; });", "order.Buyer.Name")]
    [InlineData("static readonly Step<Order, Nothing> Save = new(Keep); static void Keep(Order order) { order.Total = 5; }", "order.Total")]
    public void Are_reported(string member, string at)
    {
        var finding = Found(member).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK037", at));
        finding.Message.ShouldBe($"The step 'Save' changes '{at}', which no other step sees, because each step reads its input from JSON: return 'order', and let the step give Order");
    }

    [Theory]
    [InlineData("static readonly Step<Order, Order> Save = new(order => { order.Total = 5; return order; });")]
    [InlineData("static readonly Step<Order, int> Save = new(order => { order.Total = 5; return order.Total; });")]
    [InlineData("static readonly Step<Order, int> Save = new(order => { order.Total = 5; return order.Doubled; });")]
    [InlineData("static readonly Step<Order, int> Save = new(order => { order.Total = 5; return Count(order); }); static int Count(Order order) => order.Total;")]
    [InlineData("static readonly Step<Order, int> Save = new(order => { var same = order; order.Total = 5; return same.Total; });")]
    [InlineData("static readonly Step<Order, int> Save = new(order => { order.Change(); return 1; });")]
    [InlineData("static readonly Step<Order, int> Save = new(order => { var sum = 0; foreach (var line in order.Lines) { sum += order.Total; order.Total = line; } return sum; });")]
    [InlineData("static readonly Step<Order, int> Save = new(order => order.Lines.Remove(3) ? 1 : 0);")]
    [InlineData("static readonly Step<Order, int> Save = new(order => { var own = new Order(); own.Total = order.Total; return own.Total; });")]
    public void Those_that_someone_sees_are_fine(string member) => Found(member).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string member) => Analysis.OfOrkestra(
        "public class Buyer { public string Name { get; set; } = \"\"; } "
        + "public class Order { public int Total { get; set; } public List<int> Lines { get; set; } = []; public Buyer Buyer { get; set; } = new(); public int Doubled => Total * 2; public void Change() => Total = 1; } "
        + $"public static class Shop {{ {member} }}");
}
