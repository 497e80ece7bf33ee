using Orkestra.Lambda;

/// <summary>What the deployed program holds: a workflow's steps, and steps that belong to none.</summary>
public static class OrderFunctions
{
    public static void Add(LambdaOptions options) => options
        .Add(new PlaceOrder())
        .Add(OrderSteps.PlanReport, OrderJson.Default.Options)
        .Add(OrderSteps.FileReport, OrderJson.Default.Options)
        .Add(OrderSteps.ShowOrder, OrderJson.Default.Options);
}
