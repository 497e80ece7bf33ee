using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Orkestra.Authoring.Services;

/// <summary>
/// Reads and writes items of DynamoDB tables without a function (https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html). Items are typed: the state machine turns JSON into attribute
/// values and back. Members of anonymous objects are named as in payloads, so <c>order => new { order.Id }</c> is the key <c>id</c>.
/// </summary>
public static class DynamoDb
{
    const string OnlyInExpressions = "This method has a meaning only in an expression that becomes JSONata, such as the arguments of Aws.Step.";

    /// <summary>Stores the payload as an item and goes on with the payload.</summary>
    /// <typeparam name="T">The payload.</typeparam>
    /// <param name="table">The table's name or ARN, or a placeholder such as <c>${OrdersTable}</c>.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<T, T> Put<T>(string table, [CallerMemberName] string name = "") => PutItem<T>(table, null, name);

    /// <summary>Stores an item and goes on with the payload.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TItem">The item.</typeparam>
    /// <param name="table">The table's name or ARN, or a placeholder such as <c>${OrdersTable}</c>.</param>
    /// <param name="item">A C# expression for the item.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<TIn, TIn> Put<TIn, TItem>(string table, Expression<Func<TIn, TItem>> item, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(item);
        return PutItem<TIn>(table, item, name);
    }

    /// <summary>Reads an item by its key; null if it does not exist.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TItem">The item, as it was stored.</typeparam>
    /// <param name="table">The table's name or ARN, or a placeholder such as <c>${OrdersTable}</c>.</param>
    /// <param name="key">A C# expression for the key: <c>id => new { id }</c>.</param>
    /// <param name="consistentRead">Whether the read sees all writes that ended before it, at twice the price; false by default.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<TIn, TItem?> Get<TIn, TItem>(string table, Expression<Func<TIn, object>> key, bool consistentRead = false, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(key);
        var arguments = Table<TIn>(table).WithKey("Key", key).With("ConsistentRead", consistentRead ? true : null);
        return Aws.Make<TIn, JsonElement>("dynamodb:getItem", arguments, name).Giving(static answer => FromItem<TItem?>(answer.GetProperty("Item")));
    }

    /// <summary>
    /// Changes attributes of an item, or makes the item, and gives the whole item as it is afterwards.
    /// </summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TItem">The item.</typeparam>
    /// <param name="table">The table's name or ARN, or a placeholder such as <c>${OrdersTable}</c>.</param>
    /// <param name="key">A C# expression for the key.</param>
    /// <param name="update">
    /// What to do, in DynamoDB's own language: <c>SET orderStatus = :status ADD visits :one</c>
    /// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html).
    /// </param>
    /// <param name="values">A C# expression for the values that <paramref name="update"/> names: <c>:status</c> is the member <c>status</c> of <c>order => new { status = order.Status }</c>.</param>
    /// <param name="condition">What must hold for the item, in DynamoDB's language; no condition when null. If it does not hold the error is <c>DynamoDB.ConditionalCheckFailedException</c>.</param>
    /// <param name="names">Attributes that are reserved words, by the names that stand for them in the expressions: <c>["#status"] = "status"</c>; none when null.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<TIn, TItem> Update<TIn, TItem>(
        string table,
        Expression<Func<TIn, object>> key,
        string update,
        Expression<Func<TIn, object>>? values = null,
        string? condition = null,
        IReadOnlyDictionary<string, string>? names = null,
        [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(update);
        var arguments = Values(Table<TIn>(table).WithKey("Key", key).With("UpdateExpression", update).With("ConditionExpression", condition), values, names).With("ReturnValues", "ALL_NEW");
        return Aws.Make<TIn, JsonElement>("dynamodb:updateItem", arguments, name).Giving(static answer => FromItem<TItem>(answer.GetProperty("Attributes")));
    }

    /// <summary>Deletes an item, if it exists, and goes on with the payload.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <param name="table">The table's name or ARN, or a placeholder such as <c>${OrdersTable}</c>.</param>
    /// <param name="key">A C# expression for the key.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<TIn, TIn> Delete<TIn>(string table, Expression<Func<TIn, object>> key, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(key);
        return Aws.Make<TIn, JsonElement>("dynamodb:deleteItem", Table<TIn>(table).WithKey("Key", key), name).PassInput();
    }

    /// <summary>Reads the items of one partition, up to 1 MB of them or <paramref name="limit"/>.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TItem">The items.</typeparam>
    /// <param name="table">The table's name or ARN, or a placeholder such as <c>${OrdersTable}</c>.</param>
    /// <param name="condition">Which items, in DynamoDB's own language: <c>customer = :customer AND placed > :since</c>.</param>
    /// <param name="values">A C# expression for the values that the condition names: <c>:customer</c> is the member <c>customer</c> of an anonymous object.</param>
    /// <param name="index">The index to read; the table itself when null.</param>
    /// <param name="filter">What items must match after they were read, in DynamoDB's language; null for all.</param>
    /// <param name="descending">Whether the items come from the largest sort key to the smallest; false by default.</param>
    /// <param name="limit">How many items to read; null for as many as fit into 1 MB.</param>
    /// <param name="names">Attributes that are reserved words, by the names that stand for them; none when null.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<TIn, TItem[]> Query<TIn, TItem>(
        string table,
        string condition,
        Expression<Func<TIn, object>> values,
        string? index = null,
        string? filter = null,
        bool descending = false,
        int? limit = null,
        IReadOnlyDictionary<string, string>? names = null,
        [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(condition);
        ArgumentNullException.ThrowIfNull(values);
        var arguments = Values(
            Table<TIn>(table).With("IndexName", index).With("KeyConditionExpression", condition).With("FilterExpression", filter), values, names)
            .With("ScanIndexForward", descending ? false : null).With("Limit", limit);
        return Aws.Make<TIn, JsonElement>("aws-sdk:dynamodb:query", arguments, name).Giving(static answer => FromItems<TItem>(answer.GetProperty("Items")));
    }

    /// <summary>In an expression that becomes JSONata: an object as an item or a key, with an attribute value for each member.</summary>
    /// <param name="value">The object.</param>
    /// <exception cref="InvalidOperationException">It is called as C#.</exception>
    public static object ToItem(object? value) => throw new InvalidOperationException(OnlyInExpressions);

    /// <summary>In an expression that becomes JSONata: a value as one attribute value, such as <c>{"S": "text"}</c>.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidOperationException">It is called as C#.</exception>
    public static object ToAttribute(object? value) => throw new InvalidOperationException(OnlyInExpressions);

    /// <summary>In an expression that becomes JSONata: an item as the object it was made of. Sets become arrays. Null when there is no item.</summary>
    /// <typeparam name="T">The object.</typeparam>
    /// <param name="item">The item, an object with an attribute value for each member.</param>
    /// <exception cref="InvalidOperationException">It is called as C#.</exception>
    public static T FromItem<T>(JsonElement? item) => throw new InvalidOperationException(OnlyInExpressions);

    /// <summary>A key, whose members are never null.</summary>
    internal static object ToKey(object? value) => throw new InvalidOperationException(OnlyInExpressions);

    /// <summary>The items of a query.</summary>
    internal static T[] FromItems<T>(JsonElement items) => throw new InvalidOperationException(OnlyInExpressions);

    static ServiceStep<TIn, TIn> PutItem<TIn>(string table, LambdaExpression? item, string name) =>
        Aws.Make<TIn, JsonElement>("dynamodb:putItem", Table<TIn>(table).WithItem("Item", item), name).PassInput();

    static ServiceArguments Table<TIn>(string table)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        return ServiceArguments.Over<TIn>().With("TableName", table);
    }

    static ServiceArguments Values(ServiceArguments arguments, LambdaExpression? values, IReadOnlyDictionary<string, string>? names)
    {
        if (values is not null) arguments.WithValues("ExpressionAttributeValues", values);
        return arguments.With("ExpressionAttributeNames", names);
    }
}
