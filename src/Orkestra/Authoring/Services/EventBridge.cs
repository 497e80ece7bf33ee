using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Orkestra.Authoring.Services;

/// <summary>
/// Puts events on EventBridge buses without a function (https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html). If EventBridge refuses the event the error is
/// <c>EventBridge.FailedEntry</c>.
/// </summary>
public static class EventBridge
{
    /// <summary>Puts the payload on a bus and goes on with it.</summary>
    /// <typeparam name="T">The payload. It is the event's detail.</typeparam>
    /// <param name="source">Who reports the event, such as <c>shop.orders</c>.</param>
    /// <param name="detailType">What happened, such as <c>OrderPlaced</c>.</param>
    /// <param name="bus">The bus's name or ARN, or a placeholder such as <c>${ShopBus}</c>; the account's default bus when null.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<T, T> Put<T>(string source, string detailType, string? bus = null, [CallerMemberName] string name = "") => PutEvent<T>(source, detailType, null, bus, name);

    /// <summary>Puts an event on a bus and goes on with the payload.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TDetail">The event's detail.</typeparam>
    /// <param name="source">Who reports the event, such as <c>shop.orders</c>.</param>
    /// <param name="detailType">What happened, such as <c>OrderPlaced</c>.</param>
    /// <param name="detail">A C# expression for the detail.</param>
    /// <param name="bus">The bus's name or ARN, or a placeholder such as <c>${ShopBus}</c>; the account's default bus when null.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<TIn, TIn> Put<TIn, TDetail>(
        string source, string detailType, Expression<Func<TIn, TDetail>> detail, string? bus = null, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(detail);
        return PutEvent<TIn>(source, detailType, detail, bus, name);
    }

    static ServiceStep<TIn, TIn> PutEvent<TIn>(string source, string detailType, LambdaExpression? detail, string? bus, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(detailType);
        var arguments = ServiceArguments.Over<TIn>();
        var entry = arguments.Inner();
        entry = detail is null ? entry.WithInput("Detail") : entry.With("Detail", detail);
        entry = entry.With("DetailType", detailType).With("EventBusName", bus).With("Source", source);
        return Aws.Make<TIn, System.Text.Json.JsonElement>("events:putEvents", arguments.WithArrayOf("Entries", entry), name).PassInput();
    }
}
