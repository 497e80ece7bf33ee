using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Services;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary>
/// Between JSON and attribute values of DynamoDB (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html): a function of JSONata that calls itself for what is inside, so
/// that it fits any payload.
/// </summary>
internal static class DynamoDbMethods
{
    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        if (call.Method.DeclaringType != typeof(DynamoDb)) return null;
        return call.Method.Name switch
        {
            nameof(DynamoDb.ToAttribute) => Attribute(lowerer, call.Arguments[0], item: false),
            nameof(DynamoDb.ToItem) => Attribute(lowerer, call.Arguments[0], item: true),
            nameof(DynamoDb.ToKey) => Attribute(lowerer, call.Arguments[0], item: true),
            nameof(DynamoDb.FromItem) => Value(lowerer, call.Arguments[0], all: false),
            nameof(DynamoDb.FromItems) => Value(lowerer, call.Arguments[0], all: true),
            _ => null,
        };
    }

    public static JsonataFragment Attribute(Lowerer lowerer, Expression value, bool item)
    {
        if (item && Lowerer.Stripped(value).Type is var type && (Types.IsScalar(type) || Types.IsArray(type)))
            throw Refusal.Of(value, $"an item or a key of DynamoDB is an object with a member for each attribute, and this is {TypeName.Of(type)}", "Write new { … } with a name for it.");
        var input = lowerer.Value(Lowerer.Stripped(value)).Text;
        if (Lowerer.Stripped(value).Type == typeof(string)) return new($"$type({input}) = 'string' ? {{'S': {input}}} : {{'NULL': true}}", Precedence.Conditional);
        var name = lowerer.Names.Take("attribute");
        var function = $"{name} := function($v) {{ $type($v) = 'string' ? {{'S': $v}} : $type($v) = 'number' ? {{'N': $string($v)}} : $type($v) = 'boolean' ? {{'BOOL': $v}} : "
            + $"$type($v) = 'array' ? {{'L': [$map($v, {name})]}} : $type($v) = 'object' ? {{'M': $merge([{{}}, $each($v, function($x, $k) {{ {{$k: {name}($x)}} }})])}} : {{'NULL': true}} }}";
        lowerer.Names.Release(name);
        return new($"({function}; {name}({input}){(item ? ".M" : "")})");
    }

    // An item that does not exist is null.
    static JsonataFragment Value(Lowerer lowerer, Expression item, bool all)
    {
        var name = lowerer.Names.Take("value");
        var input = lowerer.Lower(item).Text;
        var function = $"{name} := function($a) {{ $exists($a.S) ? $a.S : $exists($a.N) ? $number($a.N) : $exists($a.BOOL) ? $a.BOOL : $exists($a.L) ? [$map($a.L, {name})[]] : "
            + $"$exists($a.M) ? $merge([{{}}, $each($a.M, function($x, $k) {{ {{$k: {name}($x)}} }})]) : $exists($a.SS) ? [$a.SS] : $exists($a.NS) ? [$map($a.NS, $number)[]] : $exists($a.B) ? $a.B : null }}";
        lowerer.Names.Release(name);
        if (all) return new($"({function}; [$map({input}, function($item) {{ {name}({{'M': $item}}) }})[]])", Traits: Traits.Constructor);
        return new($"({function}; $exists({input}) ? {name}({{'M': {input}}}) : null)", Traits: Traits.MayBeNull);
    }
}
